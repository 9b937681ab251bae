using System.CommandLine;
using System.Globalization;

namespace Pan123.Cli;

/// <summary>The IDs that a user gave, each once, in their order, and where they came from.</summary>
internal sealed class FileIdList
{
    /// <summary>The name of standard input, as programs have it.</summary>
    public const string StandardInput = "-";

    /// <summary>Room for an ID and a comment. A file without line ends is not read into memory.</summary>
    private const int MaxLineLength = 4096;

    private const int MaxProblems = 10;
    private const int MaxShown = 40;
    private const char Comment = '#';

    private readonly FileIdListUse _use;
    private readonly List<long> _fileIds = [];
    private readonly HashSet<long> _seen = [];
    private readonly List<string> _problems = [];
    private long _given;
    private long _problemCount;

    private FileIdList(FileIdListUse use) => _use = use;

    public IReadOnlyList<long> FileIds => _fileIds;

    /// <summary>How many of the given IDs had been given before.</summary>
    public long Duplicates => _given - _fileIds.Count;

    public static Option<string[]> FromOption() => new("--from")
    {
        Description = Texts.Of($"A file with more IDs, one per line. Blank lines and everything after a {Comment} are ignored. {StandardInput} reads standard input. The option can be given more than once."),
        HelpName = "file",
    };

    /// <summary>IDs that the service named, each once.</summary>
    public static FileIdList Of(IEnumerable<long> fileIds)
    {
        var list = new FileIdList(FileIdListUse.Delete);
        list._fileIds.AddRange(fileIds);
        list._given = list._fileIds.Count;
        return list;
    }

    /// <summary>Reads all, so that a single bad line keeps everything from being sent.</summary>
    /// <param name="arguments">IDs.</param>
    /// <param name="paths">Files with one ID a line; <see cref="StandardInput"/> for standard input.</param>
    /// <param name="openInput">Opens standard input.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <param name="use">What they are read for; null for a deletion.</param>
    /// <exception cref="UsageException">An ID is invalid, a file cannot be read, or there is no ID. The message names each problem.</exception>
    public static async Task<FileIdList> ReadAsync(
        IEnumerable<string> arguments, IReadOnlyList<string> paths, Func<TextReader> openInput, CancellationToken cancellationToken, FileIdListUse? use = null)
    {
        var list = new FileIdList(use ?? FileIdListUse.Delete);
        foreach (var argument in arguments)
        {
            list.Add(argument, place: "");
        }

        foreach (var path in paths)
        {
            try
            {
                // Elsewhere, since neither the opening of a pipe without a writer nor the reading of a terminal can be cancelled.
                await Task.Run(() => list.AddLines(path, openInput), cancellationToken).WaitAsync(cancellationToken);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new UsageException(Texts.Of($"The file IDs in '{path}' cannot be read: {ErrorText.Of(failure)}"), failure);
            }
        }

        list.ThrowIfWrong();
        return list;
    }

    private TextReader Open(string path, Func<TextReader> openInput)
    {
        if (path == StandardInput)
        {
            return openInput();
        }

        return path.Length > 0 ? File.OpenText(path) : throw new UsageException(Texts.Of($"{_use.Option} is given without the name of a file. {_use.Consequence}"));
    }

    private void AddLines(string path, Func<TextReader> openInput)
    {
        using var reader = Open(path, openInput);
        var (name, number, line, length) = (path == StandardInput ? Texts.Of($"standard input") : path, 1L, new char[MaxLineLength], 0);
        for (int next; (next = reader.Read()) >= 0;)
        {
            if (next is '\r' or '\n')
            {
                if (next == '\r' && reader.Peek() == '\n')
                {
                    reader.Read();
                }

                AddLine(line.AsSpan(0, length), name, number++);
                length = 0;
            }
            else if (length < MaxLineLength)
            {
                line[length++] = (char)next;
            }
            else
            {
                throw new UsageException(Texts.Of($"{name}, line {number}, has more than {MaxLineLength:N0} characters, so this is not a list of file IDs: '{Shorten(line)}'.{FindHint(line)} {_use.Consequence}"));
            }
        }

        AddLine(line.AsSpan(0, length), name, number);
    }

    private void AddLine(ReadOnlySpan<char> line, string name, long number)
    {
        var end = line.IndexOf(Comment);
        var text = line[..(end < 0 ? line.Length : end)].Trim();
        if (!text.IsEmpty)
        {
            Add(text, Texts.Of($"{name}, line {number}: "));
        }
    }

    private void Add(ReadOnlySpan<char> text, string place)
    {
        // Digits and nothing else: the framework would also take a sign, and zero characters behind the number.
        if (text.ContainsAnyExceptInRange('0', '9')
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var fileId)
            || fileId < DeleteFilesRequest.FileIdsItemMinimum)
        {
            if (++_problemCount <= MaxProblems)
            {
                _problems.Add(Texts.Of($"{place}'{Shorten(text)}' is not a file ID: a whole number from {DeleteFilesRequest.FileIdsItemMinimum} to {long.MaxValue}.{(_problemCount == 1 ? FindHint(text) : "")}"));
            }

            return;
        }

        _given++;
        if (_seen.Add(fileId))
        {
            _fileIds.Add(fileId);
        }
    }

    /// <summary>What to do with a list in another format, with a blank before it.</summary>
    private string FindHint(ReadOnlySpan<char> text) => text switch
    {
        ['[' or '{' or '"', ..] => Texts.Of($" Extract the IDs from JSON first: jq '.[]' FILE | pan123 {_use.Command} {_use.Option} -"),
        ['@', ..] => Texts.Of($" Use {_use.Option} FILE to give a file with IDs."),
        _ when text.ContainsAny(',', ';', '\t') => Texts.Of($" Give one ID per line, or separate arguments by blanks. Take one column of a CSV file, such as the first: cut -d, -f1 FILE | pan123 {_use.Command} {_use.Option} -"),
        _ when text.Contains('\0') => Texts.Of($" It contains NUL characters, as a file does that was cut off by a crash, or UTF-16 without a byte order mark."),
        _ => "",
    };

    private void ThrowIfWrong()
    {
        if (_problemCount > MaxProblems)
        {
            _problems.Add(Texts.Of($"… and {_problemCount - MaxProblems:N0} more."));
        }

        if (_problemCount > 0)
        {
            throw new UsageException($"{string.Join(Environment.NewLine, _problems)}{Environment.NewLine}{_use.Consequence}");
        }

        if (_fileIds.Count == 0)
        {
            throw new UsageException(Texts.Of($"There are no file IDs: {_use.HowToGive}. {_use.Consequence}"));
        }
    }

    // It may be anything, such as a part of a picture.
    private static string Shorten(ReadOnlySpan<char> text) => text.Length > MaxShown ? $"{text[..MaxShown]}…" : text.ToString();
}
