using System.Runtime.CompilerServices;

namespace Pan123;

/// <summary>The members of newer frameworks that this library uses, for .NET Standard; compiled for no other target.</summary>
internal static class NetStandard
{
    extension(ArgumentNullException)
    {
        public static void ThrowIfNull(object? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
        {
            if (argument is null)
            {
                throw new ArgumentNullException(name);
            }
        }
    }

    extension(ArgumentException)
    {
        public static void ThrowIfNullOrWhiteSpace(string? argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
        {
            ArgumentNullException.ThrowIfNull(argument, name);
            if (string.IsNullOrWhiteSpace(argument))
            {
                throw new ArgumentException("The value cannot be an empty string or composed entirely of whitespace.", name);
            }
        }
    }

    extension(ObjectDisposedException)
    {
        public static void ThrowIf(bool condition, object instance)
        {
            if (condition)
            {
                throw new ObjectDisposedException(instance.GetType().Name);
            }
        }
    }

    extension(IEnumerable<long> elements)
    {
        // A synchronous sequence has nothing to await.
#pragma warning disable CS1998
        public async IAsyncEnumerable<long> ToAsyncEnumerable()
#pragma warning restore CS1998
        {
            foreach (var element in elements)
            {
                yield return element;
            }
        }
    }

    extension(Task)
    {
        // Named as in .NET, so that both targets compile the same code.
        public static Task Delay(TimeSpan delay, TimeProvider timeProvider, CancellationToken cancellationToken) => timeProvider.Delay(delay, cancellationToken);
    }

    extension(HttpContent content)
    {
        public async Task LoadIntoBufferAsync(long maxBufferSize, CancellationToken cancellationToken)
        {
            using var cancellation = cancellationToken.Register(content.Dispose);
            try
            {
                await content.LoadIntoBufferAsync(maxBufferSize).ConfigureAwait(false);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }

        // Only called on content in memory, so there is nothing to cancel.
        public Task<byte[]> ReadAsByteArrayAsync(CancellationToken cancellationToken) => content.ReadAsByteArrayAsync();
    }
}
