using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary>An endpoint of the platform. <see cref="Pan123Emulator"/> lists them all.</summary>
internal interface IEndpoint
{
    /// <summary>The only HTTP method that it accepts.</summary>
    string Method => HttpMethods.Post;

    /// <summary>The path, such as <c>/api/v1/file/delete</c>.</summary>
    string Path { get; }

    /// <summary>Whether it requires an access token.</summary>
    bool IsAuthorized => true;

    /// <summary>What it does to the files of its <see cref="EndpointResult.FileIds"/>.</summary>
    FileOperation Operation { get; }

    /// <summary>Processes a request whose method and headers are valid.</summary>
    EndpointResult Handle(HttpRequest request, ReadOnlyMemory<byte> body);
}
