using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pan123.Cli;

/// <summary>The first line of a journal: what it belongs to.</summary>
/// <param name="Pan123Journal">The version of the format.</param>
/// <param name="Time">When the journal was begun, which tells it from another one of the same list.</param>
/// <param name="BaseAddress">The service.</param>
/// <param name="Account">A hash of the client ID, or of the access token: neither is anybody's business.</param>
/// <param name="FileCount">How many files are to be deleted.</param>
/// <param name="FileIds">A hash of their IDs, in whatever order they were given.</param>
internal sealed record JournalHeader(int Pan123Journal, DateTimeOffset Time, string BaseAddress, string Account, int FileCount, string FileIds)
{
    /// <summary>The number of characters of a hash.</summary>
    public const int HashLength = 32;

    private const int CurrentVersion = 2;
    private const int VersionWithoutChecksums = 1;

    public static JournalHeader For(Pan123ClientOptions options, IReadOnlyCollection<long> fileIds, DateTimeOffset time)
    {
        var sorted = new byte[fileIds.Count * sizeof(long)];
        var position = 0;
        foreach (var fileId in fileIds.Order())
        {
            BinaryPrimitives.WriteInt64LittleEndian(sorted.AsSpan(position), fileId);
            position += sizeof(long);
        }

        var account = options.ClientId is { } clientId ? $"client ID {clientId}" : $"access token {options.AccessToken}";
        return new(CurrentVersion, time, options.BaseAddress.AbsoluteUri, Hash(Encoding.UTF8.GetBytes(account)), fileIds.Count, Hash(sorted));
    }

    /// <summary>Why this program cannot read a journal of this version; null if it can.</summary>
    public static string? FindProblem(int version) => version switch
    {
        CurrentVersion => null,
        VersionWithoutChecksums => $"is of version {version}, whose lines have no checksums, so that damage would not be noticed.",
        _ => $"is of version {version}, and this program knows version {CurrentVersion}.",
    };

    /// <summary>Why a run with this header must not go on with a journal that has that one; null if it may.</summary>
    public string? FindProblem(JournalHeader journal, bool isSameAccount)
    {
        if (journal.BaseAddress != BaseAddress)
        {
            return $"belongs to {journal.BaseAddress}, and this run to {BaseAddress}.";
        }

        if (journal.FileIds != FileIds)
        {
            return $"belongs to another list of IDs: {Plural.Format(journal.FileCount)}, and this run has {Plural.Format(FileCount)}. Give the IDs that it was begun with, or another journal.";
        }

        return journal.Account == Account || isSameAccount
            ? null
            : "was begun with other credentials. If they are the same account's, such as its next access token, add --same-account.";
    }

    /// <summary>Half of SHA-256, in hexadecimal digits.</summary>
    public static string Hash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data))[..HashLength];
}
