using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary>Finds the endpoint of a request, and makes the checks that all endpoints have in common.</summary>
internal sealed class Router(RequestCheck check, params IReadOnlyList<IEndpoint> endpoints)
{
    public IReadOnlyList<IEndpoint> Endpoints => endpoints;

    /// <summary>What requests to a path do to files.</summary>
    public FileOperation OperationAt(string path) => Find(path)?.Operation ?? FileOperation.Delete;

    public EndpointResult Handle(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (Find(request.Path.Value) is not { } endpoint)
        {
            return EndpointResult.NotFound;
        }

        return request.Method == endpoint.Method
            ? check.Reject(endpoint, request, body) ?? endpoint.Handle(request, body)
            : EndpointResult.MethodNotAllowed(endpoint.Method);
    }

    private IEndpoint? Find(string? path) => endpoints.FirstOrDefault(each => each.Path == path);
}
