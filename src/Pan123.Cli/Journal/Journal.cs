using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Pan123.Cli;

/// <summary>
/// A file that outlives the process. Each batch is written before it is sent and when its outcome is known, as a line of JSON with a checksum, and
/// flushed to the disk. An existing file is not changed before <see cref="Begin"/>. Thread-safe.
/// </summary>
internal sealed class Journal : IDisposable
{
    // Other processes may read it, but not write. Outside Windows only "none" keeps another process from writing, and reading is possible anyhow.
    private static readonly FileShare Share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    // The first line of each journal begins with this. A file that begins otherwise belongs to somebody, and must not be changed.
    private static ReadOnlySpan<byte> Signature => "{\"pan123Journal\":"u8;

    private readonly Lock _lock = new();
    private readonly JournalChain _chain = new();
    private readonly string _path;
    private readonly JournalHeader _header;
    private readonly TimeProvider _timeProvider;
    private FileStream? _file;
    private long _validLength;
    private int _lastBatch;

    private Journal(string path, JournalHeader header, TimeProvider timeProvider) => (_path, _header, _timeProvider) = (path, header, timeProvider);

    public JournalHistory History { get; private set; } = new();

    /// <summary>Why a line could not be written; null if all were. After a failure nothing more is sent.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Reads the journal, if there is one already, and keeps others from it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Whose service and account the journal must belong to.</param>
    /// <param name="fileIds">The IDs that were given to the run, each once. The journal must belong to them.</param>
    /// <param name="isSameAccount">Whether other credentials are the same account's.</param>
    /// <param name="timeProvider">Gives each line its time.</param>
    /// <exception cref="UsageException">It cannot be read, is in use, damaged, or belongs to something else.</exception>
    public static Journal Open(string path, Pan123ClientOptions options, IReadOnlyCollection<long> fileIds, bool isSameAccount, TimeProvider timeProvider)
    {
        var journal = new Journal(path, JournalHeader.For(options, fileIds, timeProvider.GetUtcNow()), timeProvider);
        try
        {
            journal.Read(fileIds, isSameAccount);
            return journal;
        }
        catch (Exception failure)
        {
            journal.Dispose();
            if (IsFromFile(failure))
            {
                throw new UsageException(Texts.Of($"The journal '{path}' cannot be read: {ErrorText.Of(failure)}"), failure);
            }

            throw;
        }
    }

    /// <summary>Creates the file if it is missing, and cuts off a line that a run could not finish.</summary>
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
            throw new UsageException(Texts.Of($"The journal '{_path}' cannot be written: {ErrorText.Of(failure)} Nothing was sent."), failure);
        }
    }

    /// <summary>Writes a batch that is about to be sent.</summary>
    /// <returns>Its number.</returns>
    /// <exception cref="Pan123NotSentException">It cannot be written, or the outcome of an earlier batch could not, so it must not be sent.</exception>
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

            throw new Pan123NotSentException(Texts.Of($"The journal '{_path}' cannot be written: {ErrorText.Of(Failure)}"), Failure);
        }
    }

    /// <summary>Writes the outcome of a batch.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, the outcome stands.")]
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

    /// <summary>Writes what a lookup has found out about files whose outcome was unknown, as a batch of its own: they may be only a part of the batch that was sent.</summary>
    public void Confirmed(IReadOnlyList<long> fileIds, JournalState state)
    {
        lock (_lock)
        {
            try
            {
                Ended(Sending(fileIds), state);
            }
            catch (Pan123NotSentException)
            {
                // It is in Failure. The next run looks them up again.
            }
        }
    }

    public void Dispose() => _file?.Dispose();

    private static string Resending =>
        Texts.Of($"the missing batches are sent again, and the service may reject those with files that are deleted already; --isolate deletes the others. Nothing was sent.");

    private static bool IsFromFile(Exception failure) => failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    // Unbuffered, since a buffer could be written later than expected.
    private FileStream OpenFile(FileMode mode) => new(_path, mode, FileAccess.ReadWrite, Share, bufferSize: 0);

    private void Read(IReadOnlyCollection<long> fileIds, bool isSameAccount)
    {
        if (!File.Exists(_path))
        {
            return;
        }

        _file = OpenFile(FileMode.Open);
        var bytes = ReadAll(_file);
        _validLength = bytes.Span.LastIndexOf(JournalChain.LineEnd) + 1;
        var number = 0;
        try
        {
            History = new JournalHistory(ReadEntries(), fileIds);
            _lastBatch = History.LastBatch;

            // A line without an end was being written when the process died: its batch was not sent, or its outcome is not known.
            number++;
            if (!_chain.IsTornLine(bytes.Span[(int)_validLength..]))
            {
                throw new FormatException(Texts.Of($"the line has no end, and is not the beginning of a line either"));
            }
        }
        catch (FormatException damage)
        {
            throw Damaged(number, damage);
        }

        IEnumerable<JournalEntry> ReadEntries()
        {
            foreach (var line in Split(bytes[..(int)_validLength]))
            {
                if (++number == 1)
                {
                    ReadHeader(line.Span, isSameAccount);
                }
                else
                {
                    yield return Parse(line.Span, JournalJson.Default.JournalEntry);
                }
            }
        }
    }

    private ReadOnlyMemory<byte> ReadAll(FileStream file)
    {
        // A file that is not a journal must not be changed, however large it is.
        var beginning = new byte[Math.Min(file.Length, Signature.Length)];
        file.ReadExactly(beginning);
        var text = beginning.AsSpan().TrimEnd((byte)0);
        if (!Signature.StartsWith(text) || (text.IsEmpty && beginning.Length > 0))
        {
            throw new UsageException(Texts.Of($"The file '{_path}' is not a journal, or is damaged at line 1. Give another file. Nothing was sent."));
        }

        if (file.Length > Array.MaxLength)
        {
            throw new UsageException(Texts.Of($"The journal '{_path}' is too large: {file.Length} bytes. Give another file: {Resending}"));
        }

        var bytes = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        return bytes;
    }

    private void ReadHeader(ReadOnlySpan<byte> line, bool isSameAccount)
    {
        // Before the checksum, which another version may not have, or compute otherwise.
        if (Utf8Parser.TryParse(line[Signature.Length..], out int version, out _) && JournalHeader.FindProblem(version) is { } incompatibility)
        {
            throw new UsageException(Texts.Of($"The journal '{_path}' {incompatibility} Give another file: {Resending}"));
        }

        if (_header.FindProblem(Parse(line, JournalJson.Default.JournalHeader), isSameAccount) is { } problem)
        {
            throw new UsageException(Texts.Of($"The journal '{_path}' {problem} Nothing was sent."));
        }
    }

    private T Parse<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(_chain.Decode(line), type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException mismatch)
        {
            throw new FormatException(Texts.Of($"the line does not have the properties that it should have"), mismatch);
        }
    }

    private UsageException Damaged(int line, FormatException damage)
    {
        return new(
            line > 1
                ? Texts.Of($"The journal '{_path}' is damaged at line {line}: {damage.Message}. Restore it from a copy, remove line {line} and what follows it, or give another file: {Resending}")
                : Texts.Of($"The journal '{_path}' is damaged at line {line}: {damage.Message}. Restore it from a copy, or give another file: {Resending}"),
            damage);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.Span.IndexOf(JournalChain.LineEnd);
            yield return text[..end];
            text = text[(end + 1)..];
        }
    }

    private void Write<T>(T line, JsonTypeInfo<T> type)
    {
        // In one write, so that a process that dies leaves a whole line or the beginning of one.
        _file!.Write(_chain.Encode(JsonSerializer.SerializeToUtf8Bytes(line, type)));
        _file.Flush(flushToDisk: true);
    }
}
