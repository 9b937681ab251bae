namespace Pan123.Cli;

/// <summary>A client, and what its user is told of it.</summary>
/// <param name="Client">The client, disposed with this.</param>
/// <param name="Options">Its options.</param>
/// <param name="Profile">The profile that they are from; null if they are from none.</param>
internal sealed record Connection(StandalonePan123Client Client, Pan123ClientOptions Options, string? Profile) : IDisposable
{
    public void Dispose() => Client.Dispose();
}
