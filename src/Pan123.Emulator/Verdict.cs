using System.Net;
using System.Text.Json.Nodes;

namespace Pan123.Emulator;

/// <summary>What an endpoint has made of a request: the work is done, and the answer is yet to be sent.</summary>
/// <param name="AnswerAsync">Sends the answer.</param>
/// <param name="DeletedFileIds">The files that the request deleted.</param>
/// <param name="Data">The <c>data</c> of a good answer; null if it has none.</param>
internal sealed record Verdict(Func<Exchange, Task> AnswerAsync, IReadOnlyList<long> DeletedFileIds, JsonObject? Data = null)
{
    public static Verdict NotFound { get; } = new(exchange => exchange.SendStatusAsync(HttpStatusCode.NotFound), []);

    public static Verdict Done(IReadOnlyList<long> deletedFileIds) => new(exchange => exchange.SendGoodEnvelopeAsync(), deletedFileIds);

    public static Verdict Done(JsonObject data) => new(exchange => exchange.SendGoodEnvelopeAsync(), [], data);

    public static Verdict Rejected(int code, string message) => Rejected(code, message, []);

    public static Verdict Rejected(int code, string message, IReadOnlyList<long> deletedFileIds) =>
        new(exchange => exchange.SendEnvelopeAsync(code, message), deletedFileIds);

    public static Verdict MethodNotAllowed(string allowedMethod) => new(
        exchange =>
        {
            exchange.Headers.Allow = allowedMethod;
            return exchange.SendStatusAsync(HttpStatusCode.MethodNotAllowed);
        },
        []);
}
