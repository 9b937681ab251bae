using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary><c>GET /api/v2/file/list</c>: lists the content of a folder, or searches, a page at a time.</summary>
internal sealed class ListFilesEndpoint(Pan123EmulatorOptions options, EmulatedDrive drive) : IEndpoint
{
    private const long LastPage = -1;

    public string Method => HttpMethods.Get;

    public string Path => Pan123Emulator.ListFilesPath;

    public FileOperation Operation => FileOperation.Look;

    public EndpointResult Handle(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (ListFilesQuery.Read(request.Query, out var query) is { } problem)
        {
            return EndpointResult.Rejected(problem);
        }

        if (drive.List(query) is not { } page)
        {
            return EndpointResult.Rejected(ResponseCode.FileNotFound, $"not a folder: {query.FolderId}");
        }

        var data = new JsonObject
        {
            ["lastFileId"] = page.NextId ?? LastPage,
            ["fileList"] = FileJson.Write(page.Files, options.AssumedDateFormat),
        };
        return EndpointResult.Success([.. page.Files.Select(file => file.Id)], data);
    }
}
