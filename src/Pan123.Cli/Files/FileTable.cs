using System.Globalization;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Files for people: one line for each, as wide as the terminal. A line is written at once, so the columns do not depend on later files.</summary>
internal sealed class FileTable(IAnsiConsole console)
{
    /// <summary>However narrow the terminal is.</summary>
    public const int MinNameWidth = 10;

    private const int ColumnsWidth = 46;

    private bool _hasHeader;

    public void Write(Pan123File file)
    {
        if (!_hasHeader)
        {
            _hasHeader = true;
            console.MarkupLineInterpolated($"[dim]{Format("ID", "Size", "Created", "Bin")}Name[/]");
        }

        var columns = Format(
            file.FileId.ToString(CultureInfo.InvariantCulture),
            file.IsFolder ? "folder" : ByteSize.Format(file.Size),
            // As the service writes it, whose time zone is the users'.
            FileTime.Parse(file.CreateAt) is null ? "?" : file.CreateAt![..10],
            file.IsTrashed ? "trash" : "");
        var color = (file.IsTrashed, file.IsFolder) switch { (true, _) => "olive", (_, true) => "blue", _ => "default" };
        var name = FileName.Format(file.IsFolder ? $"{file.Filename}/" : file.Filename, Math.Max(console.Profile.Width - ColumnsWidth, MinNameWidth));
        console.MarkupLine($"{Markup.Escape(columns)}[{color}]{Markup.Escape(name)}[/]");
    }

    private static string Format(string id, string size, string created, string bin) => $"{id,13}  {size,10}  {created,-10}  {bin,-5}  ";
}
