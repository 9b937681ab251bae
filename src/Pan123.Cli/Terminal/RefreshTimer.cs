namespace Pan123.Cli;

/// <summary>
/// Refreshes what is shown until it is disposed of, which waits for a refresh that goes on. A terminal that a person has stopped takes no text:
/// then one refresh waits, and the others are left out.
/// </summary>
internal static class RefreshTimer
{
    public static ITimer Start(TimeProvider timeProvider, TimeSpan period, Action refresh)
    {
        var isRefreshing = 0;
        return timeProvider.CreateTimer(Refresh, state: null, period, period);

        void Refresh(object? state)
        {
            if (Interlocked.Exchange(ref isRefreshing, 1) == 0)
            {
                refresh();
                Volatile.Write(ref isRefreshing, 0);
            }
        }
    }
}
