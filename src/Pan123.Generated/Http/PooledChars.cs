using System.Buffers;
using Newtonsoft.Json;

namespace Pan123;

/// <summary>Lends Json.NET its buffers, which it would allocate anew for each answer.</summary>
internal sealed class PooledChars : IArrayPool<char>
{
    public static readonly PooledChars Instance = new();

    public char[] Rent(int minimumLength) => ArrayPool<char>.Shared.Rent(minimumLength);

    // Cleared, since the pool is the whole program's: what was in it may be a secret.
    public void Return(char[]? array) => ArrayPool<char>.Shared.Return(array!, clearArray: true);
}
