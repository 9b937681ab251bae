using System.Globalization;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Files for people: one line for each, as wide as the terminal. A line is written at once, so the columns do not depend on later files.</summary>
internal sealed class FileTable(IAnsiConsole console)
{
    /// <summary>However narrow the terminal is.</summary>
    public const int MinNameWidth = 10;

    private readonly string _trashed = Texts.Of($"trash");
    private bool _hasHeader;

    public void Write(ListedFile listed)
    {
        var file = listed.File;
        if (!_hasHeader)
        {
            _hasHeader = true;
            console.MarkupLineInterpolated($"[dim]{Format("ID", Texts.Of($"Size"), Texts.Of($"Created"), Texts.Of($"Bin"))}{Texts.Of($"Name")}[/]");
        }

        var columns = Format(
            file.FileId.ToString(CultureInfo.InvariantCulture),
            file.IsFolder ? Texts.Of($"folder") : ByteSize.Format(file.Size),
            // As the service writes it, whose time zone is the users'.
            FileTime.Parse(file.CreateAt) is null ? "?" : file.CreateAt![..10],
            file.IsTrashed ? _trashed : "");
        var color = (file.IsTrashed, file.IsFolder) switch { (true, _) => "olive", (_, true) => "blue", _ => "default" };
        var name = FileName.Format(listed.Path, Math.Max(console.Profile.Width - columns.GetCellWidth(), MinNameWidth));
        console.MarkupLine($"{Markup.Escape(columns)}[{color}]{Markup.Escape(name)}[/]");
    }

    private string Format(string id, string size, string created, string bin) =>
        $"{id,13}  {Cells.PadLeft(size, 10)}  {Cells.PadRight(created, 10)}  {Cells.PadRight(bin, _trashed.GetCellWidth())}  ";
}
