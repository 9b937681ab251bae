using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>
/// Shows the help of System.CommandLine in the language of the run, as wide as the terminal is. By itself, it has only a part of its words in Chinese, counts a Chinese
/// character, which takes two cells, as one, and breaks lines only at blanks.
/// </summary>
/// <param name="help">Writes the help.</param>
/// <param name="width">The width of the terminal in cells.</param>
internal sealed partial class HelpLayout(HelpAction help, int width) : SynchronousCommandLineAction
{
    /// <summary>However narrow the terminal is.</summary>
    private const int MinDescriptionWidth = 20;

    /// <summary>A name with a description in the next column.</summary>
    [GeneratedRegex(@"\A +\S+(?: \S+)*  +(?=\S)")]
    private static partial Regex FirstColumn { get; }

    [GeneratedRegex(@"\A  \S.* \[options\]\z")]
    private static partial Regex Usage { get; }

    [GeneratedRegex(@" \[default: (?<value>[^\]]*)\]\z")]
    private static partial Regex Default { get; }

    [GeneratedRegex(@"\A *")]
    private static partial Regex Indent { get; }

    public override int Invoke(ParseResult parseResult)
    {
        var (language, output) = (CultureInfo.CurrentUICulture, parseResult.InvocationConfiguration.Output);
        using var written = new StringWriter();
        parseResult.InvocationConfiguration.Output = written;
        help.MaxWidth = int.MaxValue;
        CultureInfo.CurrentUICulture = Language.English;
        var exitCode = help.Invoke(parseResult);
        CultureInfo.CurrentUICulture = language;
        parseResult.InvocationConfiguration.Output = output;

        foreach (var line in written.ToString().TrimEnd().Split('\n').Select(line => Translate(line.TrimEnd())).SelectMany(Wrap))
        {
            output.WriteLine(line);
        }

        return exitCode;
    }

    private static string Translate(string line) => line switch
    {
        "Description:" => Texts.Of($"Description:"),
        "Usage:" => Texts.Of($"Usage:"),
        "Arguments:" => Texts.Of($"Arguments:"),
        "Options:" => Texts.Of($"Options:"),
        "Commands:" => Texts.Of($"Commands:"),
        _ when Usage.IsMatch(line) => line.Replace("[command]", Texts.Of($"[command]"), StringComparison.Ordinal).Replace("[options]", Texts.Of($"[options]"), StringComparison.Ordinal),
        _ => Default.Replace(line, match => Texts.Of($" [default: {match.Groups["value"]}]")),
    };

    private IEnumerable<string> Wrap(string line)
    {
        var start = FirstColumn.Match(line) is { Success: true } column ? column.Value : Indent.Match(line).Value;
        return Cells.Wrap(line[start.Length..], Math.Max(width - start.Length, MinDescriptionWidth))
            .Select((part, index) => $"{(index == 0 ? start : new string(' ', start.Length))}{part}".TrimEnd());
    }
}
