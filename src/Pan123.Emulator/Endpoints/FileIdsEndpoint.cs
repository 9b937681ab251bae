using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary>An endpoint that takes a list of file IDs.</summary>
internal abstract class FileIdsEndpoint(string path, FileOperation operation, FileIdsBody reader) : IEndpoint
{
    public string Path => path;

    public FileOperation Operation => operation;

    public EndpointResult Handle(HttpRequest request, ReadOnlyMemory<byte> body) =>
        reader.Read(body, out var fileIds, out var folderId) is { } problem ? EndpointResult.Rejected(problem) : Process(fileIds, folderId);

    /// <param name="result">The result for the files.</param>
    /// <param name="passesOver">Whether the request succeeds although some files are stale.</param>
    /// <param name="problem">What is wrong with the stale files; their IDs follow it.</param>
    /// <param name="data">The data of a success.</param>
    protected static EndpointResult Describe(MoveResult result, bool passesOver, string problem, JsonObject? data = null) => result.Stale.Count == 0 || passesOver
        ? EndpointResult.Success(result.Done, data)
        : EndpointResult.Rejected(ResponseCode.FileNotFound, $"{problem}: {string.Join(", ", result.Stale)}", result.Done);

    protected abstract EndpointResult Process(IReadOnlyList<long> fileIds, long folderId);
}
