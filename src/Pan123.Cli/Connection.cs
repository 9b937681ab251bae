namespace Pan123.Cli;

/// <summary>A client, and what its user is told of it.</summary>
/// <param name="Client">The client, disposed with this.</param>
/// <param name="Options">Its options.</param>
/// <param name="Profile">The profile that they are from; null if they are from none.</param>
internal sealed record Connection(StandalonePan123Client Client, Pan123ClientOptions Options, string? Profile) : IDisposable
{
    /// <summary>Where files are, for the person who is about to delete them.</summary>
    public static string Describe(Uri baseAddress, string? profile) =>
        profile is null ? $"{baseAddress}" : Texts.Of($"{baseAddress} with profile '{profile}'");

    public void Dispose() => Client.Dispose();
}
