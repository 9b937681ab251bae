namespace Pan123.Benchmarks;

/// <summary>One of the clients that are compared, behind the interface that all have.</summary>
internal interface IClientAdapter : IDisposable
{
    /// <summary>Deletes files; it throws when the response has a code other than 0.</summary>
    /// <returns>The trace ID, so that every client has to read the response.</returns>
    Task<string?> DeleteFilesAsync(long[] fileIds);
}
