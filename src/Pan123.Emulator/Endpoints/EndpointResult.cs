using System.Net;
using System.Text.Json.Nodes;

namespace Pan123.Emulator;

/// <summary>The result of a request that was processed; its response has not been sent yet.</summary>
/// <param name="RespondAsync">Sends the response.</param>
/// <param name="FileIds">The files that the request affected.</param>
/// <param name="Data">The <c>data</c> of a success envelope; null if it has none.</param>
internal sealed record EndpointResult(Func<ResponseWriter, Task> RespondAsync, IReadOnlyList<long> FileIds, JsonObject? Data = null)
{
    /// <summary>Sends what a fault that strikes after processing replaces; null if there is none.</summary>
    public Func<ResponseWriter, Task>? UsualAsync { get; init; }

    // The message of Kong, the gateway whose name is in the documentation's trace IDs. That it comes in an envelope is an assumption.
    public static EndpointResult NotFound { get; } = new(
        writer => writer.SendEnvelopeAsync((int)HttpStatusCode.NotFound, "no Route matched with those values", HttpStatusCode.NotFound), []);

    public static EndpointResult Success(IReadOnlyList<long> fileIds, JsonObject? data = null) =>
        new(writer => writer.SendSuccessAsync(), fileIds, data);

    public static EndpointResult Rejected(string message) => Rejected(ResponseCode.InternalError, message);

    public static EndpointResult Rejected(int code, string message) => Rejected(code, message, []);

    public static EndpointResult Rejected(int code, string message, IReadOnlyList<long> fileIds) =>
        new(writer => writer.SendEnvelopeAsync(code, message), fileIds);

    public static EndpointResult MethodNotAllowed(string allowedMethod) => new(
        writer =>
        {
            writer.Headers.Allow = allowedMethod;
            return writer.SendStatusAsync(HttpStatusCode.MethodNotAllowed);
        },
        []);
}
