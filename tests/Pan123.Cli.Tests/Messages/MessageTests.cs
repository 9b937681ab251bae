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

    [GeneratedRegex(@"[^\s""：]+_emulator-\d+")]
    private static partial Regex TraceId { get; }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d|\d\d:\d\d:\d\d\.\d{3}")]
    private static partial Regex Time { get; }

    [GeneratedRegex(@"(?<=could not be reached: |so a new one is requested\. |无法连接到服务：|将获取新的令牌。).*")]
    private static partial Regex ReasonOfPlatform { get; }

    private static readonly Lazy<Task<IReadOnlyList<Outcome>>> English = new(() => RunAllAsync(language: null));
    private static readonly Lazy<Task<IReadOnlyList<Outcome>>> Chinese = new(() => RunAllAsync("zh"));

    [Test]
    public async Task The_messages_are_as_approved() => ApprovedFile.Check("Messages.approved.txt", Describe(await English.Value), folder: "Messages");

    [Test]
    public async Task The_Chinese_messages_are_as_approved() => ApprovedFile.Check("Messages.zh-Hans.approved.txt", Describe(await Chinese.Value), folder: "Messages");

    [Test]
    public async Task The_exit_codes_are_the_same_in_all_languages() =>
        Assert.That((await Chinese.Value).Select(outcome => (outcome.Name, string.Join(' ', outcome.ExitCodes))), Is.EqualTo((await English.Value).Select(outcome => (outcome.Name, string.Join(' ', outcome.ExitCodes)))));

    [Test]
    public async Task What_scripts_read_is_the_same_in_all_languages()
    {
        var (english, chinese) = ((await English.Value).Where(IsJson).ToList(), (await Chinese.Value).Where(IsJson).ToList());

        Assert.That(english, Has.Count.GreaterThan(10));
        Assert.That(chinese.Select(outcome => (outcome.Name, outcome.Messages, outcome.Results)), Is.EqualTo(english.Select(outcome => (outcome.Name, outcome.Messages, outcome.Results))));
    }

    /// <summary>Quoted are the words of the service, the library and .NET, and commands stay as they are typed.</summary>
    [Test]
    public async Task Chinese_messages_have_no_English_words_that_are_not_quoted()
    {
        var texts = (await Chinese.Value).Where(outcome => !IsJson(outcome)).SelectMany(outcome => $"{outcome.Messages}\n{outcome.Results}".Split('\n'));
        var english = texts.Where(line => EnglishWords.IsMatch(Command.Replace(Quotation.Replace(line, "“”"), ""))).Distinct();

        Assert.That(english.Order(StringComparer.Ordinal).ToList(), Is.EqualTo(EnglishLines), string.Join('\n', english));
    }

    [Test]
    public async Task Chinese_messages_are_put_together_without_seams() => Assert.That(
        (await Chinese.Value).SelectMany(outcome => $"{outcome.Messages}\n{outcome.Results}".Split('\n')).Where(line => Seam.IsMatch(line)), Is.Empty);

    /// <summary>What no Chinese sentence has, and two that are put together may have.</summary>
    [GeneratedRegex("““|””|。[。，：]|。”。|：[：，。]|，[，。]|“[^”]*$|[，。；：、] (?!\\(n\\)|\\[y/n\\]|$)")]
    private static partial Regex Seam { get; }

    /// <summary>Names that users chose, and client IDs.</summary>
    private static readonly string[] EnglishLines =
    [
        "  2   [2J evil gpj.exe [red]x[/] :smile:                                                     0 B",
        "  2   [2J evil gpj.exe [red]x[/] :smile:                0 B",
        "alice: emulator-client-id",
        "clientID: emulator-client-id",
        "default: other（未指定 --profile 时使用）",
    ];

    [GeneratedRegex("“[^”]*”")]
    private static partial Regex Quotation { get; }

    [GeneratedRegex(@"pan123( [a-z-]+)+|cut -d, -f1 FILE|jq '\.\[\]' FILE|chmod \d+|export .*|<what the platform says>")]
    private static partial Regex Command { get; }

    [GeneratedRegex("[A-Za-z]{2,}[,;:.]? [a-z]{2,}")]
    private static partial Regex EnglishWords { get; }

    private static bool IsJson(Outcome outcome) => outcome.Results.StartsWith("{\"", StringComparison.Ordinal);

    /// <summary>A line that standard error was given has its name alone before it, and a line that standard output was given, "result" too.</summary>
    private static string Describe(IEnumerable<Outcome> outcomes)
    {
        var text = new StringBuilder();
        foreach (var section in outcomes.GroupBy(outcome => outcome.Section))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append("# ").Append(section.Key).Append('\n');
            foreach (var (_, name, messages, results, _) in section)
            {
                Append(text, name, messages);
                Append(text, $"{name}, result", results);
            }
        }

        return text.ToString();
    }

    private static async Task<IReadOnlyList<Outcome>> RunAllAsync(string? language)
    {
        var outcomes = new List<Outcome>();
        foreach (var (title, cases) in Sections)
        {
            foreach (var each in cases())
            {
                var outcome = await RunAsync(title, each, language);
                Assert.That(outcome.Messages + outcome.Results, Is.Not.Empty, each.Name);
                outcomes.Add(outcome);
            }
        }

        Assert.That(outcomes.Select(outcome => outcome.Name), Is.Unique);
        return outcomes;
    }

    private static async Task<Outcome> RunAsync(string section, Case each, string? language)
    {
        await using var session = new Session { TextLanguage = language };
        await session.StartAsync();
        await each.RunAsync(session);
        var (messages, results) = session.Written;
        messages = ReplaceWhatVaries(messages, session);
        return new Outcome(section, each.Name, each.Part?.Match(messages).Value ?? messages, ReplaceWhatVaries(results, session), session.ExitCodes);
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

    /// <summary>What a case wrote, without what varies, and how its runs ended.</summary>
    private sealed record Outcome(string Section, string Name, string Messages, string Results, IReadOnlyList<int> ExitCodes);

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
