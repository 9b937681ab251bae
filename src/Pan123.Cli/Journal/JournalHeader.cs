using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pan123.Cli;

/// <summary>The first line of a journal: what it belongs to.</summary>
/// <param name="Pan123Journal">The version of the format.</param>
/// <param name="BaseAddress">The service.</param>
/// <param name="Account">A hash of the client ID, or of the access token: neither is anybody's business.</param>
/// <param name="FileCount">How many files are to be deleted.</param>
/// <param name="FileIds">A hash of their IDs, in whatever order they were given.</param>
internal sealed record JournalHeader(int Pan123Journal, string BaseAddress, string Account, int FileCount, string FileIds)
{
    private const int CurrentVersion = 1;

    public static JournalHeader For(Pan123ClientOptions options, IReadOnlyList<long> fileIds)
    {
        var sorted = new byte[fileIds.Count * sizeof(long)];
        var position = 0;
        foreach (var fileId in fileIds.Order())
        {
            BinaryPrimitives.WriteInt64LittleEndian(sorted.AsSpan(position), fileId);
            position += sizeof(long);
        }

        var account = options.ClientId is { } clientId ? $"client ID {clientId}" : $"access token {options.AccessToken}";
        return new(CurrentVersion, options.BaseAddress.AbsoluteUri, Hash(Encoding.UTF8.GetBytes(account)), fileIds.Count, Hash(sorted));
    }

    /// <summary>Why a run with this header must not go on with a journal that has that one; null if it may.</summary>
    public string? FindProblem(JournalHeader journal, bool isSameAccount)
    {
        if (journal.Pan123Journal != CurrentVersion)
        {
            return $"is of version {journal.Pan123Journal}, and this program knows version {CurrentVersion}.";
        }

        if (journal.BaseAddress != BaseAddress)
        {
            return $"belongs to {journal.BaseAddress}, and this run to {BaseAddress}.";
        }

        if (journal.FileIds != FileIds)
        {
            return $"belongs to another list of IDs: {Count.Of(journal.FileCount)}, and this run has {Count.Of(FileCount)}. Give the IDs that it was begun with, or another journal.";
        }

        return journal.Account == Account || isSameAccount
            ? null
            : "was begun with other credentials. If they are the same account's, such as its next access token, add --same-account.";
    }

    private static string Hash(byte[] data) => Convert.ToHexStringLower(SHA256.HashData(data))[..32];
}
