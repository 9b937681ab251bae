using System.Runtime.CompilerServices;

namespace Pan123;

/// <summary>The members of the newer framework that this library uses, for .NET Standard; compiled for no other target.</summary>
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

    extension(string text)
    {
        public bool EndsWith(char character) => text.Length > 0 && text[text.Length - 1] == character;

        // .NET Standard's own is ordinal, and has no overload that says so.
        public string Replace(string oldValue, string newValue, StringComparison comparison) =>
            comparison == StringComparison.Ordinal ? text.Replace(oldValue, newValue) : throw new NotSupportedException();
    }

    extension(HttpContent content)
    {
        // Only called on a body that is read already, so there is nothing to cancel.
        public Task<byte[]> ReadAsByteArrayAsync(CancellationToken cancellationToken) => content.ReadAsByteArrayAsync();
    }
}
