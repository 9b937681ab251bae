using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Where the program writes, and whether it can ask: results on standard output, everything else on standard error.</summary>
internal sealed class Terminal(IAnsiConsole results, IAnsiConsole messages, bool canAsk)
{
    public IAnsiConsole Results { get; } = results;

    public IAnsiConsole Messages { get; } = messages;

    /// <summary>Whether a person sees <see cref="Messages"/> and can answer.</summary>
    public bool CanAsk { get; } = canAsk;

    public static Terminal OfThisProcess() => new(
        Create(Console.Out, Console.IsOutputRedirected),
        Create(Console.Error, Console.IsErrorRedirected),
        canAsk: !Console.IsInputRedirected && !Console.IsErrorRedirected);

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
