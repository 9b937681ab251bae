namespace Pan123;

/// <summary>Lets go of work that nobody waits for any more.</summary>
internal static class Abandonment
{
    /// <summary>Looks at the failure of a task, if there is to be one: what nobody looks at is reported to the application as unobserved.</summary>
    public static void Abandon(this Task task) => _ = task.ContinueWith(
        static abandoned => abandoned.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
