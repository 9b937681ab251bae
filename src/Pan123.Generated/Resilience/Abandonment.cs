namespace Pan123;

/// <summary>For work that nobody waits for any more.</summary>
internal static class Abandonment
{
    /// <summary>Observes the failure of a task, should it fail: otherwise .NET reports it to the application as unobserved.</summary>
    public static void Abandon(this Task task) => _ = task.ContinueWith(
        static abandoned => abandoned.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
