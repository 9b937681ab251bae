using System.Net;

namespace Pan123.Tests.Applications;

/// <summary>Gives later calls the first success that it sees, which for a POST it should not.</summary>
internal sealed class ResponseCache
{
    private volatile HttpResponseMessage? _kept;

    public async Task<HttpResponseMessage> GetAsync(HttpRequestMessage request, Send send, bool copies)
    {
        if (!Handlers.IsDeletion(request))
        {
            return await send(request);
        }

        if (_kept is null)
        {
            var response = await send(request);
            var body = await response.Content.ReadAsStringAsync();
            if (!body.Contains("\"code\":0", StringComparison.Ordinal))
            {
                return response;
            }

            // The call that it is for disposes of what it gets.
            _kept = response;
            return Handlers.MadeUp(HttpStatusCode.OK, body);
        }

        return copies ? Handlers.MadeUp(HttpStatusCode.OK, await _kept.Content.ReadAsStringAsync()) : _kept;
    }
}
