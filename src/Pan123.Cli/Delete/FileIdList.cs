using System.Globalization;

namespace Pan123.Cli;

/// <summary>The IDs that a user gave, each once, in their order, and where they came from.</summary>
internal sealed class FileIdList
{
    /// <summary>The name of standard input, as programs have it.</summary>
    public const string StandardInput = "-";

    private const int MostProblems = 10;
    private const char Comment = '#';

    private readonly List<long> _fileIds = [];
    private readonly HashSet<long> _seen = [];
    private readonly List<string> _problems = [];
    private long _given;
    private long _problemCount;

    private FileIdList()
    {
    }

    public IReadOnlyList<long> FileIds => _fileIds;

    /// <summary>How many IDs were given more than once, counted as often as they were too many.</summary>
    public long Repetitions => _given - _fileIds.Count;

    /// <summary>Reads all, so that a single bad line keeps everything from being sent.</summary>
    /// <param name="arguments">IDs.</param>
    /// <param name="paths">Files with one ID a line; <see cref="StandardInput"/> for standard input.</param>
    /// <param name="openInput">Opens standard input.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <exception cref="UsageException">There is something that is no ID, a file cannot be read, or there is no ID at all. It names each.</exception>
    public static async Task<FileIdList> ReadAsync(
        IEnumerable<string> arguments, IReadOnlyList<string> paths, Func<TextReader> openInput, CancellationToken cancellationToken)
    {
        var list = new FileIdList();
        foreach (var argument in arguments)
        {
            list.Add(argument, place: "");
        }

        foreach (var path in paths)
        {
            try
            {
                using var reader = Open(path, openInput);
                await list.AddLinesAsync(reader, path == StandardInput ? "standard input" : path, cancellationToken);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new UsageException($"The file IDs in '{path}' cannot be read: {failure.Message}", failure);
            }
        }

        list.ThrowIfWrong();
        return list;
    }

    private static TextReader Open(string path, Func<TextReader> openInput)
    {
        if (path == StandardInput)
        {
            return openInput();
        }

        return File.OpenText(path);
    }

    private async Task AddLinesAsync(TextReader reader, string name, CancellationToken cancellationToken)
    {
        // Not the reader's own cancellation: a console that waits for a line takes no notice of it.
        for (var number = 1; await reader.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(cancellationToken) is { } line; number++)
        {
            var end = line.IndexOf(Comment, StringComparison.Ordinal);
            var text = line.AsSpan(0, end < 0 ? line.Length : end).Trim();
            if (!text.IsEmpty)
            {
                Add(text, string.Create(CultureInfo.InvariantCulture, $"{name}, line {number}: "));
            }
        }
    }

    private void Add(ReadOnlySpan<char> text, string place)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var fileId) || fileId < DeleteFilesRequest.FileIDsItemMinimum)
        {
            if (++_problemCount <= MostProblems)
            {
                _problems.Add($"{place}'{Shorten(text)}' is not a file ID: a whole number from {DeleteFilesRequest.FileIDsItemMinimum} to {long.MaxValue}.");
            }

            return;
        }

        _given++;
        if (_seen.Add(fileId))
        {
            _fileIds.Add(fileId);
        }
    }

    private void ThrowIfWrong()
    {
        if (_problemCount > MostProblems)
        {
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"… and {_problemCount - MostProblems:N0} more."));
        }

        if (_problemCount > 0)
        {
            throw new UsageException($"{string.Join(Environment.NewLine, _problems)}{Environment.NewLine}Nothing was sent.");
        }

        if (_fileIds.Count == 0)
        {
            throw new UsageException("There is no file ID: give some as arguments, or a file with --from. Nothing was sent.");
        }
    }

    // It may be anything, such as the inside of a picture, and is about to be shown on a terminal.
    private static string Shorten(ReadOnlySpan<char> text)
    {
        const int Most = 40;
        var shown = string.Concat(text[..Math.Min(text.Length, Most)].ToArray().Select(each => char.IsControl(each) ? '\uFFFD' : each));
        return text.Length > Most ? $"{shown}…" : shown;
    }
}
