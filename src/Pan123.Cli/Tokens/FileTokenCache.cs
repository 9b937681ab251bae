using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;

namespace Pan123.Cli;

/// <summary>
/// Keeps the access token between runs, in files that only this user can read. If each run requested its own token, it would invalidate that
/// of another program with the same client ID. An entry is a file: the time at which it expires, its key, each a line, and the value after them.
/// </summary>
internal sealed class FileTokenCache(string folder) : IDistributedCache
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>Where the platform has the data of a user's programs: <c>~/.local/share/pan123</c>, <c>%LOCALAPPDATA%\pan123</c>, …</summary>
    public static FileTokenCache ForCurrentUser() =>
        new(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "pan123"));

    /// <summary>Whether reads find nothing. Stored tokens stay until they are replaced.</summary>
    private bool IsWriteOnly { get; init; }

    /// <returns>The same cache, for a client that must request a token although one is stored.</returns>
    public FileTokenCache ForNewTokens() => new(folder) { IsWriteOnly = true };

    public byte[]? Get(string key) => IsWriteOnly ? null : Read(GetPath(key))?.Value;

    /// <summary>The keys of all stored tokens, and when they expire.</summary>
    public IReadOnlyList<(string Key, DateTimeOffset Expiry)> ReadEntries() => Directory.Exists(folder)
        ? [.. from path in Directory.EnumerateFiles(folder) let entry = Read(path) where entry is not null select (entry.Key, entry.Expiry)]
        : [];

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
    {
        var expiry = options.AbsoluteExpiration ?? TimeProvider.System.GetUtcNow() + options.AbsoluteExpirationRelativeToNow
            ?? throw new NotSupportedException("An entry needs an absolute expiration.");

        SecretFile.Write(GetPath(key), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{expiry:O}\n{key}\n")), value);
    }

    public void Remove(string key) => File.Delete(GetPath(key));

    public void Refresh(string key) => throw new NotSupportedException("An entry has an absolute expiration.");

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult(Get(key));

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        Set(key, value, options);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        Remove(key);
        return Task.CompletedTask;
    }

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException("An entry has an absolute expiration.");

    // A key has characters that no file name may have.
    private string GetPath(string key) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32]);

    /// <returns>Null if it is not an entry, or has expired.</returns>
    private static Entry? Read(string path)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        // Only the two lines before the value are text; the value may be any bytes.
        var timeEnd = Array.IndexOf(file, LineEnd);
        var keyEnd = Array.IndexOf(file, LineEnd, timeEnd + 1);
        return keyEnd > timeEnd
            && DateTimeOffset.TryParseExact(Encoding.UTF8.GetString(file, 0, timeEnd), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expiry)
            && expiry > TimeProvider.System.GetUtcNow()
            ? new Entry(Encoding.UTF8.GetString(file, timeEnd + 1, keyEnd - timeEnd - 1), expiry, file[(keyEnd + 1)..])
            : null;
    }

    private sealed record Entry(string Key, DateTimeOffset Expiry, byte[] Value);
}
