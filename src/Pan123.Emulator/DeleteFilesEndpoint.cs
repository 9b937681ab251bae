using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary><c>POST /api/v1/file/delete</c>: checks a request, and deletes what it names.</summary>
internal sealed class DeleteFilesEndpoint(Pan123EmulatorOptions options, EmulatedDrive drive)
{
    private const string Path = "/api/v1/file/delete";

    // Documented codes. That they are the answers to these very mistakes is an assumption, except for 401.
    private const int InternalError = 1;
    private const int InvalidAccessToken = 401;
    private const int FileNotFound = 5066;

    public Verdict Handle(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (request.Path.Value != Path)
        {
            return Verdict.NotFound;
        }

        if (request.Method != HttpMethods.Post)
        {
            return Verdict.MethodNotAllowed(HttpMethods.Post);
        }

        if (request.Headers.Authorization != $"Bearer {options.AccessToken}")
        {
            return Verdict.Rejected(InvalidAccessToken, "Authorization must be 'Bearer ' and the emulator's access token");
        }

        if (Problem(request) is { } problem)
        {
            return Verdict.Rejected(InternalError, problem);
        }

        if (!DeleteFilesBody.TryRead(body, out var fileIds, out var bodyProblem))
        {
            return Verdict.Rejected(InternalError, bodyProblem);
        }

        return Problem(fileIds) is { } idsProblem ? Verdict.Rejected(InternalError, idsProblem) : Delete(fileIds);
    }

    private static string? Problem(HttpRequest request)
    {
        if (request.Headers["Platform"] != "open_platform")
        {
            return "Platform must be 'open_platform'";
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var contentType)
            && string.Equals(contentType.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
            ? null
            : "Content-Type must be 'application/json'";
    }

    private string? Problem(IReadOnlyList<long> fileIds)
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

    private Verdict Delete(IReadOnlyList<long> fileIds)
    {
        var assumed = options.AssumedAnswerToStaleIds;
        var (deleted, stale) = drive.Delete(fileIds, allOrNothing: assumed == StaleIdsAnswer.RejectRequest);
        return stale.Count == 0 || assumed == StaleIdsAnswer.DeleteTheOthers
            ? Verdict.Done(deleted)
            : Verdict.Rejected(FileNotFound, $"not in the recycle bin: {string.Join(", ", stale)}", deleted);
    }
}
