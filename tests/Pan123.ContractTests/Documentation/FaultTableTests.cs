using System.Globalization;
using System.Net;
using Pan123.Emulator;

namespace Pan123.ContractTests;

/// <summary>The table of faults on the library's page: each row is played against the emulator, and says what was seen.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FaultTableTests
{
    private const string Always = "every time";
    private const string Once = "once";
    private const int Often = 100;

    private static readonly long[] Ids = [14705301, 14705306];

    private static readonly FaultRow[] Rows =
    [
        new("nothing", "", _ => { }),
        new("`code` 401 in the body", Once, At(Fault.BodyCode(401, "token is expired"))),
        new("`code` 401 in the body", Always, At(Fault.BodyCode(401, "token is expired"), Often)),
        new("HTTP 401", Once, At(Fault.HttpStatus(HttpStatusCode.Unauthorized))),
        new("`code` 429 in the body", Once, At(Fault.BodyCode(429, "too many requests"))),
        new("`code` 429 in the body", Always, At(Fault.BodyCode(429, "too many requests"), Often)),
        new("HTTP 429", Once, At(Fault.HttpStatus(HttpStatusCode.TooManyRequests))),
        new("HTTP 429, `Retry-After: 1`", Once, At(Fault.HttpStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)))),
        new("HTTP 429, `Retry-After: 3600`", Once, At(Fault.HttpStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromHours(1)))),
        new("another `code` in the body, such as 5066", Once, At(Fault.BodyCode(5066, "file not found"))),
        new("HTTP 403 without envelope", Once, At(Fault.HttpStatus(HttpStatusCode.Forbidden))),
        new("HTTP 503", Once, At(Fault.HttpStatus(HttpStatusCode.ServiceUnavailable))),
        new("HTTP 503", Always, At(Fault.HttpStatus(HttpStatusCode.ServiceUnavailable), Often)),
        new("HTTP 504, after processing", Once, At(Fault.HttpStatus(HttpStatusCode.GatewayTimeout).AfterProcessing())),
        new("HTTP 504, after processing; a retry succeeds", Once, At(Fault.HttpStatus(HttpStatusCode.GatewayTimeout).AfterProcessing()), StaleIdBehavior.DeleteTheOthers),
        new("connection refused", Always, emulator => emulator.StopAsync().GetAwaiter().GetResult()),
        new("connection reset before processing", Once, At(Fault.ConnectionReset())),
        new("connection reset before processing", Always, At(Fault.ConnectionReset(), Often)),
        new("connection reset after processing", Once, At(Fault.ConnectionReset().AfterProcessing())),
        new("connection reset in the response, after processing", Once, At(Fault.ConnectionResetInBody().AfterProcessing())),
        new("no response", Once, At(Fault.StalledHeaders())),
        new("no response", Always, At(Fault.StalledHeaders(), Often)),
        new("no response, after processing", Once, At(Fault.StalledHeaders().AfterProcessing())),
        new("half a response and no more", Once, At(Fault.StalledBody())),
        new("half a response and no more, after processing", Once, At(Fault.StalledBody().AfterProcessing())),
        new("truncated JSON", Once, At(Fault.TruncatedJson())),
        new("truncated JSON, after processing", Once, At(Fault.TruncatedJson().AfterProcessing())),
        new("HTML instead of JSON", Once, At(Fault.Html())),
        new("HTML instead of JSON, after processing", Once, At(Fault.Html().AfterProcessing())),
        new("empty body", Once, At(Fault.EmptyBody())),
        new("body of 4 MiB, after processing", Once, At(Fault.OversizedBody(4 << 20).AfterProcessing())),
        new("content type `text/plain`, after processing", Once, At(Fault.WrongContentType("text/plain").AfterProcessing())),
        new("the token request is rejected with `code` 1", Once, AtTokens(Fault.BodyCode(1, "wrong secret"))),
        new("the token request is rejected with `code` 401", Once, AtTokens(Fault.BodyCode(401, "unauthorized"))),
        new("the token request is rejected with `code` 429", Once, AtTokens(Fault.BodyCode(429, "too many requests"))),
        new("HTTP 503 instead of a token", Once, AtTokens(Fault.HttpStatus(HttpStatusCode.ServiceUnavailable))),
        new("HTTP 503 instead of a token", Always, AtTokens(Fault.HttpStatus(HttpStatusCode.ServiceUnavailable), Often)),
        new("HTML instead of a token", Always, AtTokens(Fault.Html(), Often)),
    ];

    [Test]
    public void The_page_has_so_many_rows() => Assert.That(RowsOfPage(), Has.Length.EqualTo(Rows.Length));

    [TestCaseSource(nameof(Rows))]
    public async Task The_page_says_what_happens(FaultRow row)
    {
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { AssumedStaleIdBehavior = row.Assumed });
        emulator.Drive.AddToRecycleBin(Ids);
        row.Prepare(emulator);
        using var client = Pan123Client.Create(new Pan123ClientOptions
        {
            BaseAddress = emulator.BaseAddress,
            ClientId = Pan123EmulatorOptions.DefaultClientId,
            ClientSecret = Pan123EmulatorOptions.DefaultClientSecret,
            RequestsPerSecond = null,
            RetryDelay = Scaled(1),
            AttemptTimeout = Scaled(30),
            TotalTimeout = Scaled(90),
        });

        var outcome = await DeleteAsync(client);

        var deleted = emulator.Drive.Count(FileState.Deleted);
        var requests = emulator.Requests.Count(request => request.PathAndQuery == Pan123Emulator.DeleteFilesPath);
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"| {row.Fault} | {row.HowOften} | {outcome} | {requests} | {emulator.Tokens.IssuedCount} | {(deleted == Ids.Length ? "deleted" : deleted == 0 ? "untouched" : "some deleted")} |");
        Assert.Multiple(() =>
        {
            Assert.That(outcome.StartsWith("deleted", StringComparison.Ordinal), Is.False.Or.EqualTo(deleted == Ids.Length), "What is said to be deleted is.");
            Assert.That(deleted == 0 || !(outcome.StartsWith("rejected", StringComparison.Ordinal) || outcome == "not sent"), "What is said to be untouched is.");
            Assert.That(RowsOfPage(), Does.Contain(seen));
        });
    }

    // All waits in proportion, so that as many requests are sent as with the default options.
    private static TimeSpan Scaled(int seconds) => TimeSpan.FromMilliseconds(70 * seconds);

    private static Action<Pan123Emulator> At(Fault fault, int times = 1) =>
        emulator => emulator.Faults.Enqueue(fault, times, Pan123Emulator.DeleteFilesPath);

    private static Action<Pan123Emulator> AtTokens(Fault fault, int times = 1) =>
        emulator => emulator.Faults.Enqueue(fault, times, Pan123Emulator.AccessTokenPath);

    private static async Task<string> DeleteAsync(StandalonePan123Client client)
    {
        try
        {
            await client.DeleteFilesAsync(Ids);
            return "deleted";
        }
        catch (Pan123ApiException rejected)
        {
            return $"rejected ({(rejected.Code is { } code ? $"`code` {code:D}" : $"HTTP {(int)rejected.StatusCode!}")})";
        }
        catch (Pan123OutcomeUnknownException)
        {
            return "unknown";
        }
        catch (Pan123NotSentException)
        {
            return "not sent";
        }
    }

    private static string[] RowsOfPage() => [.. new Page(Page.Library).Table("| what goes wrong |")];
}
