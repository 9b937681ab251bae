using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pan123.Tests.Applications;

/// <summary>A server that writes the secrets it was told into its responses, in whatever way: nothing that the library shows has them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EchoTests
{
    // As long as the service's.
    private const string AccessToken =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
        + "eyJleHAiOjE3OTg3NjE2MDAsImlkIjoxODE0NzA1MzAxLCJ1c2VybmFtZSI6IjEzODAwMTM4MDAwIn0.q7Xw-3pZ_Kd9sVb2Rt6YhNu0Lm5Ec8Fj1Ga4Ti-Qo_A";

    private const string ClientSecret = "Zx9/Qw+Rt&Yu\"Io<Pa=Sd5Fg/Hj+Kl&Zc\"Vb<Nm=q1W3e5/R7t+y9U";

    /// <summary>Which request the server answers with its secret in the response.</summary>
    public enum Secret
    {
        /// <summary>A deletion, whose token is in the options.</summary>
        AccessToken,

        /// <summary>A deletion, whose token was issued.</summary>
        IssuedToken,

        /// <summary>A request for a token.</summary>
        ClientSecret,
    }

    private static IEnumerable<string> Places => EchoPlace.All.Select(place => place.Name);

    private static IEnumerable<string> Escapes => NetStandard.Sample(Escape.All.Select(escape => escape.Name));

    [Test, Combinatorial]
    public async Task A_secret_that_a_server_writes_into_its_response_is_nowhere_to_be_seen(
        [Values(Secret.AccessToken, Secret.ClientSecret)] Secret secret,
        [ValueSource(nameof(Places))] string placeName,
        [ValueSource(nameof(Escapes))] string escapeName)
    {
        var escape = Escape.All.Single(each => each.Name == escapeName);

        var (seen, _) = await CallAsync(secret, placeName, escape);

        Assert.That(Occurrences(seen, escape.Traces(secret == Secret.ClientSecret ? ClientSecret : AccessToken)), Is.Empty);
    }

    [TestCaseSource(nameof(Places))]
    public async Task An_issued_token_is_no_less_secret(string placeName)
    {
        var escape = Escape.All[0];

        var (seen, _) = await CallAsync(Secret.IssuedToken, placeName, escape);

        Assert.That(Occurrences(seen, escape.Traces(AccessToken)), Is.Empty);
    }

    [TestCaseSource(nameof(Places))]
    public async Task A_structured_logger_gets_no_secret_from_a_response(string placeName)
    {
        var escape = Escape.All[0];

        var (_, loggedValues) = await CallAsync(Secret.AccessToken, placeName, escape);

        Assert.That(Occurrences(loggedValues, escape.Traces(AccessToken)), Is.Empty);
    }

    private static string Respond(string request, Secret secret, EchoPlace place, Escape escape)
    {
        const string Issued = $$"""{"accessToken":"{{AccessToken}}","expiredAt":"2099-01-01T00:00:00+08:00"}""";

        var isTokenRequest = request.StartsWith("POST /api/v1/access_token", StringComparison.Ordinal);
        if (isTokenRequest == (secret == Secret.ClientSecret))
        {
            return place.Echo(isTokenRequest ? SecretOf(request) : TokenOf(request), escape, isTokenRequest ? Issued : "null");
        }

        var data = isTokenRequest ? Issued : "null";
        return LoopbackListener.Response("200 OK", $$"""{"code":0,"message":"ok","data":{{data}},"x-traceID":"trace"}""", "Content-Type: application/json");
    }

    private static string TokenOf(string request)
    {
        const string Bearer = "\r\nAuthorization: Bearer ";
        var start = request.IndexOf(Bearer, StringComparison.Ordinal) + Bearer.Length;
        return request[start..request.IndexOf('\r', start)];
    }

    private static string SecretOf(string request)
    {
        using var body = JsonDocument.Parse(request[request.IndexOf('{', StringComparison.Ordinal)..]);
        return body.RootElement.GetProperty("clientSecret").GetString()!;
    }

    private static ServiceProvider CreateServices(Observation observation, Uri address, Secret secret)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(observation));
        services.AddPan123Client(options =>
        {
            options.BaseAddress = address;
            options.AccessToken = secret == Secret.AccessToken ? AccessToken : null;
            options.ClientId = secret == Secret.AccessToken ? null : "client7";
            options.ClientSecret = secret == Secret.AccessToken ? null : ClientSecret;
            options.MaxRetries = 1;
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
            options.AttemptTimeout = TimeSpan.FromSeconds(1);
            options.TotalTimeout = TimeSpan.FromSeconds(5);
            options.RequestsPerSecond = null;
        });
        return services.BuildServiceProvider();
    }

    /// <summary>Deletes by a call and by a batch, from a server that echoes.</summary>
    /// <returns>All that they and their observers show, and what a structured logger writes.</returns>
    private static async Task<(string Seen, string LoggedValues)> CallAsync(Secret secret, string placeName, Escape escape)
    {
        var place = EchoPlace.All.Single(each => each.Name == placeName);
        using var observation = new Observation();
        await using var server = new LoopbackListener(request => Respond(request, secret, place, escape));
        await using var services = CreateServices(observation, server.BaseAddress, secret);
        observation.Begin(services.GetRequiredService<IMeterFactory>());
        using var parent = observation.StartActivity();
        var client = services.GetRequiredService<IPan123Client>();
        var seen = new StringBuilder();
        try
        {
            var response = await client.DeleteFilesAsync([1, 2, 3]);
            seen.AppendLine(response.Message).AppendLine(TraceIdOf(response)).AppendLine(response.ToString());
        }
        catch (Pan123Exception failure)
        {
            seen.AppendLine(Describe(failure));
        }

        await foreach (var result in client.DeleteFilesInBatchesAsync([1, 2, 3]))
        {
            seen.AppendLine(result.TraceId).AppendLine(Describe(result.Error)).AppendLine(result.ToString());
        }

        Assert.That(server.Requests, Has.Some.Contains(secret == Secret.ClientSecret ? "clientSecret" : AccessToken), "What the server was told.");
        return (seen.AppendLine(observation.Text).ToString(), observation.LoggedValues);
    }

    private static string Describe(Exception? failure)
    {
        var (excerpt, rejected) = ((failure as Pan123Exception)?.ResponseExcerpt, failure as Pan123ApiException);
        var data = failure?.Data.Cast<object>();
        return $"{failure} {failure?.Message} {excerpt} {rejected?.ApiMessage} {rejected?.TraceId} {string.Join(' ', data ?? [])}";
    }

    private static string? TraceIdOf(DeleteFilesResponse response) => response.TraceId;

    /// <summary>Where any of these is, with what is around it.</summary>
    private static IEnumerable<string> Occurrences(string text, IEnumerable<string> parts)
    {
        const int Around = 60;

        foreach (var part in parts)
        {
            for (var i = text.IndexOf(part, StringComparison.Ordinal); i >= 0; i = text.IndexOf(part, i + 1, StringComparison.Ordinal))
            {
                yield return text[Math.Max(0, i - Around)..Math.Min(text.Length, i + part.Length + Around)].ReplaceLineEndings(" ");
            }
        }
    }
}
