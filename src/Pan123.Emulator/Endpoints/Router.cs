using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary>Finds the endpoint that a request asks for.</summary>
internal sealed class Router(params IReadOnlyList<IEndpoint> endpoints)
{
    public IEnumerable<string> Paths => endpoints.Select(endpoint => endpoint.Path);

    public EndpointResult Handle(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var endpoint = endpoints.FirstOrDefault(each => each.Path == request.Path.Value);
        if (endpoint is null)
        {
            return EndpointResult.NotFound;
        }

        return request.Method == HttpMethods.Post ? endpoint.Handle(request, body) : EndpointResult.MethodNotAllowed(HttpMethods.Post);
    }
}
