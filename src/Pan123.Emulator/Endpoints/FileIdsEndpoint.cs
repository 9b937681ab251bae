using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary>An endpoint that takes a list of file IDs.</summary>
internal abstract class FileIdsEndpoint(string path, FileOperation operation, FileIdsBody reader) : IEndpoint
{
    public string Path => path;

    public FileOperation Operation => operation;

    public EndpointResult Handle(HttpRequest request, ReadOnlyMemory<byte> body) =>
        reader.Read(body, out var fileIds, out var folderId) is { } problem ? EndpointResult.Rejected(problem) : Process(fileIds, folderId);

    protected abstract EndpointResult Process(IReadOnlyList<long> fileIds, long folderId);
}
