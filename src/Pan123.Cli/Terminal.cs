using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Where the program writes and reads: results on standard output, everything else on standard error.</summary>
/// <param name="results">Standard output.</param>
/// <param name="messages">Standard error; the same console where both are the same screen, so that what is written does not run through a progress bar.</param>
/// <param name="input">Opens standard input, for lists of IDs.</param>
internal sealed class Terminal(IAnsiConsole results, IAnsiConsole messages, Func<TextReader> input)
{
    public IAnsiConsole Results { get; } = results;

    public IAnsiConsole Messages { get; } = messages;

    /// <summary>Whether a person sees <see cref="Messages"/> and can answer.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Whether <see cref="Messages"/> can be drawn on.</summary>
    public bool CanDraw { get; init; }

    public static Terminal OfThisProcess()
    {
        var results = Create(Console.Out, Console.IsOutputRedirected);
        var messages = Console.IsOutputRedirected || Console.IsErrorRedirected ? Create(Console.Error, Console.IsErrorRedirected) : results;
        return new Terminal(results, messages, () => new StreamReader(Console.OpenStandardInput()))
        {
            CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            CanDraw = !Console.IsErrorRedirected && messages.Profile.Capabilities is { Ansi: true, Interactive: true },
        };
    }

    public TextReader OpenInput() => input();

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (isRedirected)
        {
            // A file has no width, and a program that reads the lines wants them whole.
            console.Profile.Width = short.MaxValue;
        }

        return console;
    }
}
