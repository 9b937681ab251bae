using System.Globalization;
using System.Security;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pan123.Cli.Tests;

/// <summary>What a terminal shows, as an SVG picture in the reader's light or dark theme.</summary>
/// <param name="command">What was typed to get it.</param>
/// <param name="replace">Replaces what varies.</param>
internal sealed class TerminalPicture(string command, Func<string, string> replace) : IAnsiConsoleEncoder
{
    private const double CellWidth = 8.4;
    private const int LineHeight = 19;
    private const int Padding = 16;

    private const string Theme =
        """
        text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC","Microsoft YaHei",monospace;white-space:pre}
        .screen{fill:#f6f8fa;stroke:#d1d9e0}.default{fill:#1f2328}.red{fill:#cf222e}.green,.lime{fill:#1a7f37}.yellow,.olive{fill:#9a6700}.blue{fill:#0969da}.dim{fill-opacity:.65}.bold{font-weight:bold}
        @media(prefers-color-scheme:dark){.screen{fill:#151b23;stroke:#3d444d}.default{fill:#f0f6fc}.red{fill:#ff7b72}.green,.lime{fill:#3fb950}.yellow,.olive{fill:#d29922}.blue{fill:#58a6ff}}
        """;

    public string Encode(IAnsiConsole console, IEnumerable<IRenderable> renderables)
    {
        var options = RenderOptions.Create(console, console.Profile.Capabilities);
        var segments = renderables.SelectMany(renderable => renderable.Render(options, console.Profile.Width)).Where(segment => !segment.IsControlCode);
        var lines = Segment.SplitLines([new Segment("$ ", new Style(decoration: Decoration.Dim)), new Segment(command), Segment.LineBreak, .. segments]);
        var count = lines.FindLastIndex(line => line.Any(segment => !string.IsNullOrWhiteSpace(segment.Text))) + 1;

        var picture = new StringBuilder();
        var (width, height) = ((console.Profile.Width * CellWidth) + (2 * Padding), (count * LineHeight) + (2 * Padding));
        picture.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{width:0.#}" height="{height}" viewBox="0 0 {width:0.#} {height}" role="img" aria-label="{SecurityElement.Escape(command)}">""").Append('\n');
        picture.Append(CultureInfo.InvariantCulture, $"<style>\n{Theme}\n</style>\n").Append("<rect class=\"screen\" x=\".5\" y=\".5\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n");
        foreach (var (row, line) in lines.Take(count).Index())
        {
            var column = 0;
            foreach (var (text, style) in line.SelectMany(segment => SplitByWidth(replace(segment.Text)).Select(text => (text, segment.Style))))
            {
                var cells = text.GetCellWidth();
                if (!string.IsNullOrWhiteSpace(text))
                {
                    // With its width, so that columns align in whatever font the reader has.
                    picture.Append(CultureInfo.InvariantCulture, $"""<text class="{Classes(style)}" x="{Padding + (column * CellWidth):0.#}" y="{Padding + (row * LineHeight) + 14}" textLength="{cells * CellWidth:0.#}">{SecurityElement.Escape(text)}</text>""").Append('\n');
                }

                column += cells;
            }
        }

        return picture.Append("</svg>\n").ToString();
    }

    private static string Classes(Style style)
    {
        var color = style.Foreground.ToMarkup();
        return string.Join(' ', new[] { color, style.Decoration.HasFlag(Decoration.Dim) ? "dim" : "", style.Decoration.HasFlag(Decoration.Bold) ? "bold" : "" }.Where(name => name.Length > 0));
    }

    /// <summary>Runs of characters that are equally wide: a Chinese character takes two cells, but in most fonts not twice the width of a Latin one.</summary>
    private static IEnumerable<string> SplitByWidth(string text)
    {
        var start = 0;
        for (var end = 1; end <= text.Length; end++)
        {
            if (end == text.Length || CellWidthAt(end) != CellWidthAt(start))
            {
                yield return text[start..end];
                start = end;
            }
        }

        int CellWidthAt(int index) => text[index].ToString().GetCellWidth();
    }
}
