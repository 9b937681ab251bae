using System.Text.RegularExpressions;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

public sealed partial class HelpLayoutTests : CommandLineFixture
{
    private static readonly string[] Commands = ["", "delete", "list", "trash", "recover", "empty", "login", "logout", "profiles", "token", "emulator"];

    [GeneratedRegex(@"\A  (?<name>(-|<|[a-z]+ )\S*(?: \S+)*?)  +(?<description>\S)")]
    private static partial Regex Row { get; }

    [Test]
    public async Task All_descriptions_of_a_list_begin_in_the_same_cell([ValueSource(nameof(Commands))] string command, [Values("en", "zh")] string language)
    {
        var lines = await ShowAsync(command, language, width: 80);

        var starts = new HashSet<int>();
        foreach (var line in lines)
        {
            if (line.Length == 0 || line[0] != ' ')
            {
                starts.Clear();
            }
            else if (starts.Count > 0 || Row.IsMatch(line))
            {
                starts.Add(Row.Match(line) is { Success: true } row ? row.Groups["description"].Index : line.Length - line.TrimStart().Length);
                Assert.That(starts, Has.Count.EqualTo(1), line);
            }
        }
    }

    [Test]
    public async Task No_line_is_wider_than_the_terminal([ValueSource(nameof(Commands))] string command, [Values("en", "zh")] string language) =>
        Assert.That((await ShowAsync(command, language, width: 80)).Where(line => line.GetCellWidth() > 80), Is.Empty);

    [Test]
    public async Task Lines_are_filled([Values("en", "zh")] string language) =>
        Assert.That((await ShowAsync("delete", language, width: 80)).Count(line => line.GetCellWidth() > 70), Is.GreaterThan(15));

    [Test]
    public async Task No_word_is_divided([ValueSource(nameof(Commands))] string command, [Values("en", "zh")] string language)
    {
        var words = string.Join('\n', await ShowAsync(command, language, width: 80));
        var whole = string.Join('\n', await ShowAsync(command, language, short.MaxValue));

        Assert.That(Word.Matches(words).Select(match => match.Value), Is.EqualTo(Word.Matches(whole).Select(match => match.Value)));
    }

    [Test]
    public async Task No_line_begins_or_ends_with_the_wrong_punctuation([ValueSource(nameof(Commands))] string command) =>
        Assert.That((await ShowAsync(command, "zh", width: 80)).Where(line => line.TrimStart() is ['，' or '。' or '、' or '；' or '：' or '）' or '”', ..] || line is [.., '（' or '“']), Is.Empty);

    [Test]
    public async Task Redirected_each_description_is_one_line([Values("en", "zh")] string language)
    {
        var lines = await ShowAsync("delete", language, short.MaxValue);

        Assert.That(lines.SkipWhile(line => !line.Contains("--from", StringComparison.Ordinal)), Has.All.Match("^  (-[a-z?], )*--[a-z-]+( <[a-z]+>)?  +[^ ]"));
    }

    [GeneratedRegex(@"[A-Za-z0-9_<>/:'=.\[\]-]+")]
    private static partial Regex Word { get; }

    private async Task<string[]> ShowAsync(string command, string language, int width)
    {
        TextLanguage = language;
        Results.Width(width);
        var before = Results.Output.Length;
        Assert.That(await RunAsync($"{command} --help"), Is.Zero);
        return Results.Output[before..].TrimEnd().Split('\n');
    }
}
