using System.Diagnostics.CodeAnalysis;
using System.Text;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Where the program writes, reads and asks: results on standard output, everything else on standard error.</summary>
/// <param name="results">Standard output.</param>
/// <param name="messages">Standard error; the same console where both are the same screen, so that what is written does not run through a progress bar.</param>
internal sealed class Terminal(IAnsiConsole results, IAnsiConsole messages)
{
    public IAnsiConsole Results { get; } = results;

    public IAnsiConsole Messages { get; } = messages;

    /// <summary>Standard output for programs: UTF-8, whatever the terminal's encoding is.</summary>
    public required TextWriter Json { get; init; }

    /// <summary>Opens standard input, for lists of IDs.</summary>
    public required Func<TextReader> OpenInput { get; init; }

    /// <summary>Where a person reads and can reply; null if there is nobody.</summary>
    public IAnsiConsole? Questions { get; init; }

    /// <summary>Whether standard input is a terminal, even if a person could not read a question.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>Turns off the terminal's echo before a question is shown, so that the terminal does not show what is pasted at once.</summary>
    public Action EndEcho { get; init; } = () => { };

    /// <summary>Drops what was typed before a question is shown, so that nobody replies to a question that they have not read.</summary>
    public Action DropTypedAhead { get; init; } = () => { };

    /// <summary>Whether <see cref="Messages"/> is an interactive terminal with ANSI codes, so that a progress bar can be drawn.</summary>
    public bool SupportsAnsi { get; init; }

    /// <summary>Standard output and error, which may fail.</summary>
    public IReadOnlyList<OutputStream> Streams { get; init; } = [];

    /// <summary>Why something could not be written, a sentence; null if all was.</summary>
    public string? Failure => Streams.Select(stream => stream.Failure).FirstOrDefault(failure => failure is not null);

    /// <returns>The same terminal, on which messages are not shown.</returns>
    public Terminal Silence() => new(Results, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }))
    {
        Json = Json,
        OpenInput = OpenInput,
        Questions = Questions,
        IsInputTerminal = IsInputTerminal,
        DropTypedAhead = DropTypedAhead,
        Streams = Streams,
    };

    /// <param name="onFailure">Told when something cannot be written any more.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The writers live as long as the process.")]
    public static Terminal ForCurrentProcess(Action onFailure)
    {
        var output = Open(() => Texts.Of($"Standard output"), descriptor: 1, Console.OpenStandardOutput, onFailure);
        var error = Open(() => Texts.Of($"Standard error"), descriptor: 2, Console.OpenStandardError, onFailure);

        // By the console's own writers, since only these are looked at for what the terminal can do.
        Console.SetOut(Write(output, Console.OutputEncoding));
        Console.SetError(Write(error, Console.OutputEncoding));

        var hasInput = OperatingSystem.IsWindows() || Posix.IsInherited(0);
        var isInputTerminal = hasInput && !Console.IsInputRedirected;
        var results = Create(Console.Out, Console.IsOutputRedirected);
        var messages = Console.IsOutputRedirected || Console.IsErrorRedirected ? Create(Console.Error, Console.IsErrorRedirected) : results;
        IAnsiConsole[] screens = [.. new[] { messages, results }.Where(console => console.Profile.Capabilities.Interactive)];
        return new Terminal(results, messages)
        {
            Json = Write(output, Encoding.UTF8),
            OpenInput = () => new StreamReader(hasInput ? Console.OpenStandardInput() : Stream.Null),
            Questions = isInputTerminal ? screens.FirstOrDefault() : null,
            IsInputTerminal = isInputTerminal,
            // The platform ends it when a key is first looked for, until the program ends.
            EndEcho = () => _ = isInputTerminal && Console.KeyAvailable,
            DropTypedAhead = () =>
            {
                while (isInputTerminal && Console.KeyAvailable)
                {
                    Console.ReadKey(intercept: true);
                }
            },
            SupportsAnsi = messages.Profile.Capabilities is { Ansi: true, Interactive: true },
            Streams = [output, error],
        };
    }

    private static OutputStream Open(Func<string> name, int descriptor, Func<Stream> open, Action onFailure)
    {
        if (OperatingSystem.IsWindows())
        {
            return new OutputStream(name, open(), () => false, onFailure);
        }

        var inner = Posix.IsInherited(descriptor) ? open() : null;
        return new OutputStream(name, inner, () => Posix.IsBroken(descriptor), onFailure);
    }

    private static StreamWriter Write(OutputStream stream, Encoding encoding) =>
        // Without the mark that some encodings begin a file with.
        new(stream, encoding.Preamble.IsEmpty ? encoding : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Yes,
            // It takes a variable of a build server for the build server's log.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (isRedirected)
        {
            // A file has no width, and a program that reads the lines wants them whole.
            console.Profile.Width = short.MaxValue;
        }

        return console;
    }
}
