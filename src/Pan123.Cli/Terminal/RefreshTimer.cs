namespace Pan123.Cli;

/// <summary>
/// Refreshes what is shown until it is disposed of, which waits for a refresh that goes on. A terminal that a person has stopped takes no text:
/// then one refresh waits, and the others are left out.
/// </summary>
internal static class RefreshTimer
{
    private static readonly TimeSpan LogPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TerminalPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>For lines in a log.</summary>
    public static ITimer StartForLog(TimeProvider timeProvider, Action refresh) => Start(timeProvider, LogPeriod, refresh);

    /// <summary>For a display that updates in place. The console library's own thread for it never ends if the run is over before it begins.</summary>
    public static ITimer StartForTerminal(TimeProvider timeProvider, Action refresh) => Start(timeProvider, TerminalPeriod, refresh);

    private static ITimer Start(TimeProvider timeProvider, TimeSpan period, Action refresh)
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
