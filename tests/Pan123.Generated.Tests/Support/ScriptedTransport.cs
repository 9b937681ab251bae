using System.Net;

namespace Pan123.Tests;

/// <summary>A transport that answers each request with the next of these.</summary>
internal sealed class ScriptedTransport(params Func<HttpRequestMessage, Task<HttpResponseMessage>>[] answers) : HttpMessageHandler
{
    public int Requests { get; private set; }

    public static Func<HttpRequestMessage, Task<HttpResponseMessage>> Answer(int status, string body) => async request =>
    {
        await (request.Content?.CopyToAsync(Stream.Null) ?? Task.CompletedTask);
        return new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
    };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        answers[Requests++](request).WaitAsync(cancellationToken);
}
