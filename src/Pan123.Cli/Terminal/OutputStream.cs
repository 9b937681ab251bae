namespace Pan123.Cli;

/// <summary>
/// Standard output or error, which may become full or be closed in the middle of a run. Then nothing is thrown, since requests are in flight
/// that must still be finished and recorded: what can no longer be written is dropped, and <see cref="Failure"/> says why.
/// </summary>
/// <param name="name">What a message calls it.</param>
/// <param name="inner">Where it is written to; null if it was closed from the beginning.</param>
/// <param name="isBroken">Whether nobody reads any more what is written.</param>
/// <param name="onFailure">Told once, when the first write fails.</param>
internal sealed class OutputStream(string name, Stream? inner, Func<bool> isBroken, Action onFailure) : Stream
{
    private readonly Lock _lock = new();

    /// <summary>Why it cannot be written, a sentence; null while it can.</summary>
    public string? Failure { get; private set; }

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
            if (Failure is not null)
            {
                return;
            }

            try
            {
                if (inner is null)
                {
                    throw new IOException("It is closed.");
                }

                inner.Write(buffer);
                if (isBroken())
                {
                    throw new IOException("The reader has closed it.");
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Failure = $"{name} cannot be written: {failure.Message.TrimEnd('.')}.";
            }
        }

        if (Failure is not null)
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
}
