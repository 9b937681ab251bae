using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pan123.Emulator;

/// <summary>A request that reached a <see cref="Pan123Emulator"/>, and its effect on the drive. Immutable.</summary>
public sealed class RecordedRequest
{
    internal RecordedRequest(HttpRequest request, ReadOnlyMemory<byte> body, DateTimeOffset arrivedAt)
    {
        Method = request.Method;
        PathAndQuery = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        Headers = [.. from header in request.Headers from value in header.Value select KeyValuePair.Create(header.Key, value)];
        Body = body;
        ArrivedAt = arrivedAt;
    }

    /// <summary>The HTTP method as sent, such as <c>POST</c>.</summary>
    public string Method { get; }

    /// <summary>The request target as sent, with its percent-encoding, such as <c>/api/v1/file/delete</c>.</summary>
    public string PathAndQuery { get; }

    /// <summary>
    /// The names and values of the headers, including the access token. A header that was sent twice occurs twice. The order of different
    /// headers may differ from the order in which they were sent, and known names have their usual spelling.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>
    /// The body's bytes, without HTTP's framing; empty if there was none. The body of a token request contains the client secret.
    /// </summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary><see cref="Body"/> read as UTF-8. Bytes that are not UTF-8 show as U+FFFD.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>
    /// When the request had arrived completely, by the clock of <see cref="Pan123EmulatorOptions.TimeProvider"/>; for one that
    /// broke off, when that was detected. UTC.
    /// </summary>
    public DateTimeOffset ArrivedAt { get; }

    /// <summary>
    /// Whether the request exceeded a limit of requests per second: then the response had code 429, and the request had no effect.
    /// </summary>
    public bool IsRateLimited { get; internal init; }

    /// <summary>The fault that the request met; null if none.</summary>
    public Fault? Fault { get; internal init; }

    /// <summary>
    /// The files that this request deleted, in the order in which it named them, a folder's content after the folder; empty if it deleted
    /// none, whatever the response said. With <see cref="Pan123EmulatorOptions.AssumedEffectDelay"/>, those that it will delete.
    /// </summary>
    public IReadOnlyList<long> DeletedFileIds => Of(FileOperation.Delete);

    /// <summary>
    /// The files and folders that this request moved to the recycle bin, in the order in which it named them, without the content of
    /// the folders; empty if it moved none. With <see cref="Pan123EmulatorOptions.AssumedEffectDelay"/>, those that it will move.
    /// </summary>
    public IReadOnlyList<long> TrashedFileIds => Of(FileOperation.Trash);

    /// <summary>
    /// The files and folders that this request recovered from the recycle bin, without the content of the folders; empty if it recovered
    /// none.
    /// </summary>
    public IReadOnlyList<long> RecoveredFileIds => Of(FileOperation.Recover);

    /// <summary>The files and folders that this request looked up or listed, in the order of the response; empty if there are none.</summary>
    public IReadOnlyList<long> FoundFileIds => Of(FileOperation.Look);

    internal FileOperation Operation { get; init; }

    internal IReadOnlyList<long> FileIds { get; init; } = [];

    /// <summary>
    /// Describes the request for test output: the method, the target, the number of files and what was done to them, and the fault or rate
    /// limit, but no headers.
    /// </summary>
    /// <returns>A line of text.</returns>
    public override string ToString() => $"{Method} {PathAndQuery}, {FileIds.Count} {Done}, {Incident}";

    private string Done => Operation switch
    {
        FileOperation.Trash => "trashed",
        FileOperation.Recover => "recovered",
        FileOperation.Look => "found",
        _ => "deleted",
    };

    private string Incident => IsRateLimited ? "rate limited" : Fault is null ? "no fault" : $"fault: {Fault}";

    private IReadOnlyList<long> Of(FileOperation operation) => Operation == operation ? FileIds : [];
}
