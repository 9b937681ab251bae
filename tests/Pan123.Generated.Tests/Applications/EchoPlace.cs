using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pan123.Tests.Applications;

/// <summary>Where in a response a server writes what it was told.</summary>
/// <param name="Name">What the place is called.</param>
/// <param name="Respond">
/// Makes the response, of what is written there as it stands, of the same as a part of a JSON string, and of the envelope's <c>data</c>.
/// </param>
internal sealed record EchoPlace(string Name, Func<string, string, string, string> Respond)
{
    private const string Json = "Content-Type: application/json";
    private const string Html = "Content-Type: text/html; charset=utf-8";

    private static readonly string[] HeaderNames =
    [
        "Authorization", "Content-Disposition", "Content-Language", "ETag", "Location", "Proxy-Authenticate", "Retry-After",
        "Server", "Set-Cookie", "Via", "Warning", "WWW-Authenticate", "X-Echo", "x-traceID",
    ];

    public static IReadOnlyList<EchoPlace> All { get; } =
    [
        new("reason phrase of HTTP 200", (text, _, data) => LoopbackListener.Response($"200 {text}", Good("ok", data), Json)),
        new("reason phrase of HTTP 400", (text, _, _) => LoopbackListener.Response($"400 {text}", "", Html)),
        new("reason phrase of HTTP 500", (text, _, _) => LoopbackListener.Response($"500 {text}", "", Html)),
        new("status line", (text, _, data) => LoopbackListener.Response(text, Good("ok", data), Json)),
        new("protocol", (text, _, data) => $"{text} {LoopbackListener.Response("200 OK", Good("ok", data), Json)}"),
        new("headers of HTTP 200", (text, _, data) => LoopbackListener.Response("200 OK", Good("ok", data), [Json, .. Headers(text)])),
        new("headers of HTTP 503", (text, _, _) => LoopbackListener.Response("503 Service Unavailable", "", Headers(text))),
        new("content type", (text, _, _) => LoopbackListener.Response("502 Bad Gateway", "<html>", $"Content-Type: text/html; charset=\"{text}\"")),
        new("header without a colon", (text, _, data) => LoopbackListener.Response("200 OK", Good("ok", data), Json, text)),
        new("name of a header", (text, _, data) => LoopbackListener.Response("200 OK", Good("ok", data), Json, $"{text}: value")),
        new("content length", (text, _, _) => $"HTTP/1.1 200 OK\r\nContent-Length: {text}\r\n\r\n"),
        new("trailer", (text, _, data) => Chunked(Chunk(Good("ok", data)), $"X-Echo: {text}")),
        new("trailer without a colon", (text, _, data) => Chunked(Chunk(Good("ok", data)), text)),
        new("chunk extension", (text, _, data) => Chunked(Chunk(Good("ok", data), $";{text}"), "X-Trailer: value")),
        new("chunk size", (text, _, _) => Chunked($"{text}\r\n", "X-Trailer: value")),
        new("message of a success", (_, json, data) => Envelope(Good(json, data))),
        new("message of a rejection", (_, json, _) => Envelope(Bad(json, "trace"))),
        new("trace ID of a success", (_, json, data) => Envelope($$"""{"code":0,"message":"ok","data":{{data}},"x-traceID":"{{json}}"}""")),
        new("trace ID of a rejection", (_, json, _) => Envelope(Bad("no", json))),
        new("message of HTTP 503", (_, json, _) => LoopbackListener.Response("503 Service Unavailable", Bad(json, json), Json)),
        new("text instead of a code", (_, json, data) => Envelope($$"""{"code":"{{json}}","message":"ok","data":{{data}}}""")),
        new("text instead of data", (_, json, _) => Envelope($$"""{"code":0,"message":"ok","data":"{{json}}"}""")),
        new("name of a property", (_, json, data) => Envelope($$"""{"code":0,"{{json}}":"ok","data":{{data}},"message":7}""")),
        new("token that cannot be sent", (_, json, _) => Envelope(
            $$$"""{"code":0,"message":"ok","data":{"accessToken":"{{{json}}} ","expiredAt":"2099-01-01T00:00:00+08:00"}}""")),
        new("time at which a token expires", (_, json, _) => Envelope(
            $$$"""{"code":0,"message":"ok","data":{"accessToken":"token","expiredAt":"{{{json}}}"}}""")),
        new("JSON that breaks off", (_, json, _) => Envelope($$"""{"code":0,"message":"{{json}}""")),
        new("what follows JSON", (text, _, data) => Envelope(Good("ok", data) + text)),
        new("beginning of a text", (text, _, _) => LoopbackListener.Response("200 OK", $"{text} was refused.", "Content-Type: text/plain")),
        new("beginning of a text, HTTP 403", (text, _, _) => LoopbackListener.Response("403 Forbidden", $"{text} was refused.", "Content-Type: text/plain")),
        new("end of an excerpt", (text, _, _) => LoopbackListener.Response("403 Forbidden", $"{new string('-', 200)}{text}", "Content-Type: text/plain")),
        new("page of HTTP 200", (text, _, _) => LoopbackListener.Response("200 OK", Page(text), Html)),
        new("page of HTTP 403", (text, _, _) => LoopbackListener.Response("403 Forbidden", Page(text), Html)),
    ];

    /// <summary>Makes a response that has a secret here, written so.</summary>
    public string Echo(string secret, Escape escape, string data)
    {
        var text = escape.Apply(secret);
        return Respond(text, escape.IsJson ? text : JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), data);
    }

    private static string[] Headers(string text) => [.. HeaderNames.Select(name => $"{name}: {text}")];

    private static string Envelope(string body) => LoopbackListener.Response("200 OK", body, Json);

    private static string Good(string message, string data) => $$"""{"code":0,"message":"{{message}}","data":{{data}},"x-traceID":"trace"}""";

    private static string Bad(string message, string traceId) => $$"""{"code":5066,"message":"{{message}}","data":null,"x-traceID":"{{traceId}}"}""";

    private static string Page(string text) => $"<!DOCTYPE html><html><body><h1>Denied</h1><p>{text}</p></body></html>";

    private static string Chunk(string body, string extension = "") => $"{body.Length:x}{extension}\r\n{body}\r\n";

    private static string Chunked(string chunks, string trailer) =>
        $"HTTP/1.1 200 OK\r\n{Json}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{chunks}0\r\n{trailer}\r\n\r\n";
}
