using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary><c>POST /api/v1/file/delete</c>: checks a request, and deletes what it names.</summary>
internal sealed class DeleteFilesEndpoint(Pan123EmulatorOptions options, EmulatedDrive drive, EmulatedTokens tokens) : IEndpoint
{
    private const string Bearer = "Bearer ";

    public string Path => Pan123Emulator.DeleteFilesPath;

    public EndpointResult Handle(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (FindAuthorizationProblem(request) is { } authorizationProblem)
        {
            return EndpointResult.Rejected(ResponseCode.InvalidAccessToken, authorizationProblem);
        }

        if (RequestHeaders.FindProblem(request) is { } problem)
        {
            return EndpointResult.Rejected(ResponseCode.InternalError, problem);
        }

        if (!DeleteFilesBody.TryRead(body, out var fileIds, out var bodyProblem))
        {
            return EndpointResult.Rejected(ResponseCode.InternalError, bodyProblem);
        }

        return FindProblem(fileIds) is { } idsProblem ? EndpointResult.Rejected(ResponseCode.InternalError, idsProblem) : Delete(fileIds);
    }

    private string? FindAuthorizationProblem(HttpRequest request)
    {
        const string Problem = "Authorization must be 'Bearer ' and the emulator's access token";

        // Sent twice, it comes joined by a comma, which no token holds.
        var authorization = $"{request.Headers.Authorization}";
        if (!authorization.StartsWith(Bearer, StringComparison.Ordinal))
        {
            return Problem;
        }

        var accessToken = authorization[Bearer.Length..];
        return accessToken == options.AccessToken || tokens.IsActive(accessToken, out var rejection) ? null : rejection ?? Problem;
    }

    private string? FindProblem(IReadOnlyList<long> fileIds)
    {
        if (fileIds.Count == 0)
        {
            return "fileIDs must not be empty";
        }

        if (fileIds.Count > options.MaxFileIdsPerRequest)
        {
            return $"fileIDs must hold at most {options.MaxFileIdsPerRequest} IDs, not {fileIds.Count}";
        }

        var seen = new HashSet<long>();
        foreach (var id in fileIds)
        {
            if (id <= 0)
            {
                return $"fileIDs must be greater than 0, not {id}";
            }

            if (!seen.Add(id))
            {
                return $"fileIDs must not hold {id} twice";
            }
        }

        return null;
    }

    private EndpointResult Delete(IReadOnlyList<long> fileIds)
    {
        var assumed = options.AssumedStaleIdBehavior;
        var (deleted, stale) = drive.Delete(fileIds, allOrNothing: assumed == StaleIdBehavior.RejectRequest);
        return stale.Count == 0 || assumed == StaleIdBehavior.DeleteTheOthers
            ? EndpointResult.Success(deleted)
            : EndpointResult.Rejected(ResponseCode.FileNotFound, $"not in the recycle bin: {string.Join(", ", stale)}", deleted);
    }
}
