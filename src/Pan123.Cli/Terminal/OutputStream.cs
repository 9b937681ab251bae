namespace Pan123.Cli;

/// <summary>
/// Standard output or error, which may become full or be closed in the middle of a run. Then nothing is thrown, since requests are in flight
/// that must still be finished and recorded: what can no longer be written is dropped, and <see cref="Failure"/> says why.
/// </summary>
/// <param name="name">What a message calls it, in the language of the run.</param>
/// <param name="inner">Where it is written to; null if it was closed from the beginning.</param>
/// <param name="isBroken">Whether nobody reads any more what is written.</param>
/// <param name="onFailure">Told once, when the first write fails.</param>
internal sealed class OutputStream(Func<string> name, Stream? inner, Func<bool> isBroken, Action onFailure) : Stream
{
    private readonly Lock _lock = new();

    // In the language of whoever asks for it.
    private Func<string>? _reason;

    /// <summary>Why it cannot be written, a sentence; null while it can.</summary>
    public string? Failure => _reason is { } reason ? Texts.Of($"{name()} cannot be written: {reason()}") : null;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_lock)
        {
            if (_reason is not null)
            {
                return;
            }

            _reason = FindFailure(buffer);
        }

        if (_reason is not null)
        {
            onFailure();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is kept back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private Func<string>? FindFailure(ReadOnlySpan<byte> buffer)
    {
        if (inner is null)
        {
            return () => Texts.Of($"It is closed.");
        }

        try
        {
            inner.Write(buffer);
            return isBroken() ? () => Texts.Of($"The reader has closed it.") : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return () => ErrorText.Quote($"{failure.Message.TrimEnd('.')}.");
        }
    }
}
