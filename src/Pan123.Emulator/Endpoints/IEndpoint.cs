using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary>One endpoint of the platform. Those that there are, <see cref="Pan123Emulator"/> lists.</summary>
internal interface IEndpoint
{
    /// <summary>The only method that it takes.</summary>
    string Method => HttpMethods.Post;

    /// <summary>The path, such as <c>/api/v1/file/delete</c>.</summary>
    string Path { get; }

    /// <summary>Whether it wants an access token.</summary>
    bool IsAuthorized => true;

    /// <summary>What it does to the files of its <see cref="EndpointResult.FileIds"/>.</summary>
    FileOperation Operation { get; }

    /// <summary>Processes a request whose method and headers are right.</summary>
    EndpointResult Handle(HttpRequest request, ReadOnlyMemory<byte> body);
}
