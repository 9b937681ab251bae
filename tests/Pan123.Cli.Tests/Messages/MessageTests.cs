using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <summary>
/// All that the command line writes, brought about by running it and compared with one approved file. So a change of a sentence is a change there,
/// and the other tests assert on exit codes, outcomes, counts, JSON, and the parts that they are about.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class MessageTests
{
    private static readonly (string Title, Func<IEnumerable<Case>> Cases)[] Sections =
    [
        ("Help", Help),
        ("Wrong command lines", WrongCommandLines),
        ("Credentials", Credentials),
        ("Lists of file IDs", Lists),
        ("Plans and questions", Plans),
        ("Results", Results),
        ("Progress and warnings", Warnings),
        ("Stopped runs", StoppedRuns),
        ("Journals that are continued", ContinuedJournals),
        ("Journals that are rejected", RejectedJournals),
        ("Damaged journals", DamagedJournals),
        ("Output that cannot be written", Outputs),
        ("Lists of files", FileLists),
        ("Files that are moved", Moves),
        ("Recycle bins that are emptied", EmptiedBins),
        ("Tokens", Tokens),
        ("Profiles", Profiles),
        ("Emulator", Emulators),
    ];

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Address { get; }

    [GeneratedRegex(@"[^\s""]+_emulator-\d+")]
    private static partial Regex TraceId { get; }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d|\d\d:\d\d:\d\d\.\d{3}")]
    private static partial Regex Time { get; }

    [GeneratedRegex(@"(?<=could not be reached: |so a new one is requested\. ).*")]
    private static partial Regex ReasonOfPlatform { get; }

    /// <summary>A line that standard error was given has its name alone before it, and a line that standard output was given, "result" too.</summary>
    [Test]
    public async Task The_messages_are_as_approved()
    {
        var text = new StringBuilder();
        var names = new List<string>();
        foreach (var (title, cases) in Sections)
        {
            text.Append(text.Length == 0 ? "" : "\n").Append("# ").Append(title).Append('\n');
            foreach (var each in cases())
            {
                names.Add(each.Name);
                var (messages, results) = await RunAsync(each);
                Assert.That(messages + results, Is.Not.Empty, each.Name);
                Append(text, each.Name, messages);
                Append(text, $"{each.Name}, result", results);
            }
        }

        Assert.That(names, Is.Unique);
        ApprovedFile.Check("Messages.approved.txt", text.ToString(), folder: "Messages");
    }

    private static async Task<(string Messages, string Results)> RunAsync(Case each)
    {
        await using var session = new Session();
        await session.StartAsync();
        await each.RunAsync(session);
        var (messages, results) = session.Written;
        messages = ReplaceWhatVaries(messages, session);
        return (each.Part?.Match(messages).Value ?? messages, ReplaceWhatVaries(results, session));
    }

    private static string ReplaceWhatVaries(string text, Session session)
    {
        text = text.ReplaceLineEndings("\n")
            .Replace($"{session.Folder}{Path.DirectorySeparatorChar}", "<folder>/", StringComparison.Ordinal)
            .Replace($"config{Path.DirectorySeparatorChar}profiles{Path.DirectorySeparatorChar}", "config/profiles/", StringComparison.Ordinal)
            .Replace(session.Folder, "<folder>", StringComparison.Ordinal)
            .Replace(RootCommand.ExecutableName, "pan123", StringComparison.Ordinal);
        text = ReasonOfPlatform.Replace(text, "<what the platform says>");
        text = Address.Replace(text, "127.0.0.1:<port>");
        text = TraceId.Replace(text, "<trace ID>");
        return Time.Replace(text, "<time>");
    }

    private static void Append(StringBuilder text, string name, string written)
    {
        if (written.Length > 0)
        {
            var lines = written.TrimEnd().Split('\n').Select(line => line.TrimEnd());
            text.Append(name).Append(": ").AppendJoin("\n  ", lines).Replace("\n  \n", "\n\n").Append('\n');
        }
    }

    private static Case Of(string name, string arguments, Action<Session>? prepare = null) => new(name, async session =>
    {
        prepare?.Invoke(session);
        await session.RunAsync(arguments);
    });

    /// <summary>The text, with the characters that a line of a file cannot show as a C# program has them.</summary>
    private static string Escape(string text) => string.Concat(text.Select(character =>
        char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format ? $"\\u{(int)character:X4}" : $"{character}"));

    /// <param name="Name">What the approved file calls it.</param>
    /// <param name="RunAsync">Makes the command line write it.</param>
    private sealed record Case(string Name, Func<Session, Task> RunAsync)
    {
        /// <summary>What it is about, where another case has the rest; null for all.</summary>
        public Regex? Part { get; init; }
    }

    /// <summary>A process with a service, as a user has them: a few runs, and what they wrote.</summary>
    private sealed class Session : CommandLineFixture
    {
        private int _messages;
        private int _results;

        public (string Messages, string Results) Written => (Messages.Output[_messages..], Results.Output[_results..]);

        public string Journal => Path.Combine(Folder, "run.log");

        /// <summary>What was written so far is not what the case is about.</summary>
        public void Forget() => (_messages, _results) = (Messages.Output.Length, Results.Output.Length);

        /// <summary>Has client ID and secret instead of an access token.</summary>
        public void UseClientId()
        {
            Environment.Remove("PAN123_ACCESS_TOKEN");
            (Environment["PAN123_CLIENT_ID"], Environment["PAN123_CLIENT_SECRET"]) = (Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret);
        }

        /// <summary>Gives file IDs from 1 on by standard input, and has the files in the recycle bin.</summary>
        public void Give(int count)
        {
            var fileIds = Enumerable.Range(1, count).Select(id => (long)id).ToList();
            Emulator.Drive.AddToRecycleBin(fileIds);
            Input = string.Join('\n', fileIds);
        }
    }
}
