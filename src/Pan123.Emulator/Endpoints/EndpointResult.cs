using System.Net;
using System.Text.Json.Nodes;

namespace Pan123.Emulator;

/// <summary>What an endpoint has made of a request: it is processed, and the response is yet to be sent.</summary>
/// <param name="RespondAsync">Sends the response.</param>
/// <param name="DeletedFileIds">The files that the request deleted.</param>
/// <param name="Data">The <c>data</c> of a success envelope; null if it has none.</param>
internal sealed record EndpointResult(Func<ResponseWriter, Task> RespondAsync, IReadOnlyList<long> DeletedFileIds, JsonObject? Data = null)
{
    public static EndpointResult NotFound { get; } = new(writer => writer.SendStatusAsync(HttpStatusCode.NotFound), []);

    public static EndpointResult Success(IReadOnlyList<long> deletedFileIds) => new(writer => writer.SendSuccessAsync(), deletedFileIds);

    public static EndpointResult Success(JsonObject data) => new(writer => writer.SendSuccessAsync(), [], data);

    public static EndpointResult Rejected(int code, string message) => Rejected(code, message, []);

    public static EndpointResult Rejected(int code, string message, IReadOnlyList<long> deletedFileIds) =>
        new(writer => writer.SendEnvelopeAsync(code, message), deletedFileIds);

    public static EndpointResult MethodNotAllowed(string allowedMethod) => new(
        writer =>
        {
            writer.Headers.Allow = allowedMethod;
            return writer.SendStatusAsync(HttpStatusCode.MethodNotAllowed);
        },
        []);
}
