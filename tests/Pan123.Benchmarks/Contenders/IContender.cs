namespace Pan123.Benchmarks;

/// <summary>A way to send the request.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Deletes files; it throws when the answer has a code other than 0.</summary>
    /// <returns>The trace ID, so that nobody can do without reading the answer.</returns>
    Task<string?> DeleteFilesAsync(long[] fileIds);
}
