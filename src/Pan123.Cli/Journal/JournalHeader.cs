using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pan123.Cli;

/// <summary>The first line of a journal. It says what the journal belongs to.</summary>
/// <param name="Pan123Journal">The version of the format.</param>
/// <param name="Time">When the journal was started. This distinguishes it from another journal of the same list.</param>
/// <param name="BaseAddress">The service.</param>
/// <param name="Account">A hash of the client ID or of the access token, which must not be readable in the file.</param>
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
        VersionWithoutChecksums => Texts.Of($"has version {version}, whose lines have no checksums, so damage would not be noticed."),
        _ => Texts.Of($"has version {version}, and this program reads version {CurrentVersion}."),
    };

    /// <summary>Why a run with this header must not continue a journal with that header; null if it may.</summary>
    public string? FindProblem(JournalHeader journal, bool isSameAccount)
    {
        if (journal.BaseAddress != BaseAddress)
        {
            return Texts.Of($"belongs to {journal.BaseAddress}, and this run uses {BaseAddress}. Give the same address as before, or another journal.");
        }

        if (journal.FileIds != FileIds)
        {
            return Texts.Of($"belongs to another list of IDs with {Plural.Files(journal.FileCount)}, and this run has {Plural.Files(FileCount)}. Give the same IDs as before, or another journal.");
        }

        return journal.Account == Account || isSameAccount
            ? null
            : Texts.Of($"was started with other credentials. If they belong to the same account, such as a newer access token, add --same-account.");
    }

    /// <summary>Half of SHA-256, in hexadecimal digits.</summary>
    public static string Hash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data))[..HashLength];
}
