using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary>One endpoint of the platform, reached by POST.</summary>
internal interface IEndpoint
{
    /// <summary>The path, such as <c>/api/v1/file/delete</c>.</summary>
    string Path { get; }

    /// <summary>Checks a request that came to the path by POST, and processes it.</summary>
    EndpointResult Handle(HttpRequest request, ReadOnlyMemory<byte> body);
}
