using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pan123.Tests;

/// <summary>
/// All that the library says in exceptions and logs, brought about and compared with one approved file. So a change of a sentence is a change of
/// one line there, and the other tests assert on types, outcomes and event IDs.
/// </summary>
public sealed partial class MessageTests
{
    private const string Token = "canary-access-token";

    private static readonly (string Title, Func<IAsyncEnumerable<(string Name, string Message)>> Messages)[] Sections =
    [
        ("Arguments and options", ArgumentsAsync),
        ("Rejected", RejectionsAsync),
        ("Outcome unknown", UnknownOutcomesAsync),
        ("Not sent", NotSentAsync),
        ("Access tokens", AccessTokensAsync),
        ("Cancelled", CancellationsAsync),
        ("Batches", BatchesAsync),
        ("Logs", AllLogsAsync),
    ];

    // Both tests need them, and some take seconds.
    private static readonly Lazy<Task<List<(string Name, string Message)>>> AllLogs = new(() => LogsAsync().ToListAsync().AsTask());

    [Test]
    public async Task The_messages_are_as_approved()
    {
        var text = new StringBuilder();
        var names = new List<string>();
        foreach (var (title, messages) in Sections)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append("# ").Append(title).Append('\n');
            await foreach (var (name, message) in messages())
            {
                names.Add(name);
                text.Append(name).Append(": ").Append(message.ReplaceLineEndings(" ")).Append('\n');
            }
        }

        Assert.That(names, Is.Unique);
        ApprovedFile.Check("Messages.approved.txt", text.ToString(), folder: "Errors");
    }

    [Test]
    public async Task Each_log_message_of_the_library_is_among_them()
    {
        var declared = typeof(Pan123Client).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId)
            .OfType<int>()
            .ToList();

        var logged = (await AllLogs.Value).Select(each => each.Name.Split(' ', ',')[1]).Distinct();

        Assert.Multiple(() =>
        {
            Assert.That(declared, Is.Not.Empty.And.Unique);
            Assert.That(logged, Is.EquivalentTo(declared.Select(eventId => eventId.ToString(CultureInfo.InvariantCulture))));
        });
    }

    private static async IAsyncEnumerable<(string Name, string Message)> AllLogsAsync()
    {
        foreach (var log in await AllLogs.Value)
        {
            yield return log;
        }
    }

    /// <summary>A client with a token that sends each request once, and at once.</summary>
    private static StandalonePan123Client CreateClient(
        HttpMessageHandler transport, Action<Pan123ClientOptions>? configure = null, Action<IHttpClientBuilder>? build = null)
    {
        var options = new Pan123ClientOptions { AccessToken = Token, MaxRetries = 0, RequestsPerSecond = null };
        configure?.Invoke(options);
        return Pan123Client.Create(options, builder =>
        {
            build?.Invoke(builder);
            builder.SendTo(transport);
        });
    }

    private static void UseCredentials(Pan123ClientOptions options) =>
        (options.AccessToken, options.ClientId, options.ClientSecret) = (null, "id", "canary-client-secret");

    private static async Task<string> OfAsync(Func<Task> fail)
    {
        try
        {
            await fail();
        }
        catch (Exception failure) when (failure is Pan123Exception or OperationCanceledException or ArgumentException or InvalidOperationException)
        {
            return failure.Message;
        }

        throw new AssertionException("Nothing failed.");
    }
}
