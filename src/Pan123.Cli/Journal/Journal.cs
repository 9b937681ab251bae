using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Pan123.Cli;

/// <summary>
/// A file that outlives the process: each batch is noted before it is sent and after its verdict, a JSON object a line, and flushed to the
/// disk. Nothing of an existing file is changed before <see cref="Begin"/>. Thread-safe.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const byte LineEnd = (byte)'\n';

    // Others may look at it, but not write. Elsewhere than on Windows only "none" is held against another process, and anybody may look anyhow.
    private static readonly FileShare Share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    // So begins the first line of each journal: what begins otherwise is somebody's file, and must stay as it is.
    private static ReadOnlySpan<byte> Signature => "{\"pan123Journal\":"u8;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly JournalHeader _header;
    private readonly TimeProvider _timeProvider;
    private FileStream? _file;
    private long _validLength;
    private int _lastBatch;

    private Journal(string path, JournalHeader header, TimeProvider timeProvider) => (_path, _header, _timeProvider) = (path, header, timeProvider);

    public JournalHistory History { get; private set; } = new();

    /// <summary>Why a verdict could not be noted; null while all is well. Nothing more is sent then.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Reads the journal, if there is one already, and keeps others from it.</summary>
    /// <exception cref="UsageException">It cannot be read, is in use, damaged, or belongs to something else.</exception>
    public static Journal Open(string path, JournalHeader header, bool isSameAccount, TimeProvider timeProvider)
    {
        var journal = new Journal(path, header, timeProvider);
        try
        {
            journal.Read(isSameAccount);
            return journal;
        }
        catch (Exception failure)
        {
            journal.Dispose();
            if (IsFromFile(failure))
            {
                throw new UsageException($"The journal '{path}' cannot be read: {failure.Message}", failure);
            }

            throw;
        }
    }

    /// <summary>Makes the file if there is none, and cuts off a line that a run could not finish.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public void Begin()
    {
        try
        {
            _file ??= OpenFile(FileMode.CreateNew);
            _file.SetLength(_validLength);
            _file.Seek(0, SeekOrigin.End);
            if (_validLength == 0)
            {
                Write(_header, JournalJson.Default.JournalHeader);
            }
        }
        catch (Exception failure) when (IsFromFile(failure))
        {
            throw new UsageException($"The journal '{_path}' cannot be written: {failure.Message} Nothing was sent.", failure);
        }
    }

    /// <summary>Notes a batch that is about to be sent.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="Pan123NotSentException">It cannot be noted, or the verdict on an earlier one could not, so it must not be sent.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, the batch must not be sent.")]
    public int Sending(IReadOnlyList<long> fileIds)
    {
        lock (_lock)
        {
            try
            {
                if (Failure is null)
                {
                    Write(new JournalEntry(_timeProvider.GetUtcNow(), ++_lastBatch, JournalState.Sending) { FileIds = fileIds }, JournalJson.Default.JournalEntry);
                    return _lastBatch;
                }
            }
            catch (Exception failure)
            {
                Failure = failure;
            }

            throw new Pan123NotSentException($"The journal '{_path}' cannot be written: {Failure.Message}", Failure);
        }
    }

    /// <summary>Notes what became of it.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, the verdict holds.")]
    public void Ended(int batch, JournalState state, string? traceId = null)
    {
        lock (_lock)
        {
            try
            {
                if (Failure is null)
                {
                    Write(new JournalEntry(_timeProvider.GetUtcNow(), batch, state) { TraceId = traceId }, JournalJson.Default.JournalEntry);
                }
            }
            catch (Exception failure)
            {
                Failure = failure;
            }
        }
    }

    public void Dispose() => _file?.Dispose();

    private static bool IsFromFile(Exception failure) => failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    // Without a buffer, whose end would be written when nobody expects it any more.
    private FileStream OpenFile(FileMode mode) => new(_path, mode, FileAccess.ReadWrite, Share, bufferSize: 0);

    private void Read(bool isSameAccount)
    {
        if (!File.Exists(_path))
        {
            return;
        }

        _file = OpenFile(FileMode.Open);
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);

        // A line without its end was being written when the process died: what it says has not happened, or is not known.
        _validLength = bytes.AsSpan().LastIndexOf(LineEnd) + 1;
        if (_validLength == 0)
        {
            var common = Math.Min(bytes.Length, Signature.Length);
            if (!Signature[..common].SequenceEqual(bytes.AsSpan(0, common)))
            {
                throw NoJournal();
            }

            return;
        }

        var lines = Split(bytes.AsMemory(0, (int)_validLength)).GetEnumerator();
        lines.MoveNext();
        if (!lines.Current.Span.StartsWith(Signature))
        {
            throw NoJournal();
        }

        var header = Parse(lines.Current, line: 1, JournalJson.Default.JournalHeader);
        if (_header.FindProblem(header, isSameAccount) is { } problem)
        {
            throw new UsageException($"The journal '{_path}' {problem} Nothing was sent.");
        }

        History = ReadHistory(lines);
        _lastBatch = History.LastBatch;
    }

    private JournalHistory ReadHistory(IEnumerator<ReadOnlyMemory<byte>> lines)
    {
        var number = 1;
        try
        {
            return new JournalHistory(Entries());
        }
        catch (FormatException damage)
        {
            throw Damaged(number, damage);
        }

        IEnumerable<JournalEntry> Entries()
        {
            while (lines.MoveNext())
            {
                yield return Parse(lines.Current, ++number, JournalJson.Default.JournalEntry);
            }
        }
    }

    private T Parse<T>(ReadOnlyMemory<byte> text, int line, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text.Span, type) ?? throw new JsonException("null");
        }
        catch (JsonException damage)
        {
            throw Damaged(line, damage);
        }
    }

    private UsageException NoJournal() => new($"The file '{_path}' is no journal of this program. Nothing was sent.");

    private UsageException Damaged(int line, Exception damage) =>
        new($"The journal '{_path}' is damaged at line {line}: {damage.Message} Nothing was sent.", damage);

    private static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.Span.IndexOf(LineEnd);
            yield return text[..end];
            text = text[(end + 1)..];
        }
    }

    private void Write<T>(T line, JsonTypeInfo<T> type)
    {
        // In one piece, so that a process that dies leaves a line or the beginning of one.
        _file!.Write([.. JsonSerializer.SerializeToUtf8Bytes(line, type), LineEnd]);
        _file.Flush(flushToDisk: true);
    }
}
