using System.Diagnostics;

namespace Pan123;

/// <summary>
/// .NET records the exceptions of its transport in its own activity, before any handler sees them, and the exception for a malformed header
/// quotes the server. For the requests of this library, this records a sanitized message instead.
/// </summary>
internal static class RecordedExceptions
{
    private static readonly ActivityListener Listener = CreateListener();

    /// <summary>Takes effect for the whole process; further calls change nothing.</summary>
    public static void Clean() => ActivitySource.AddActivityListener(Listener);

    // It samples nothing, so an activity is created only if another listener wants it.
    private static ActivityListener CreateListener()
    {
        var listener = new ActivityListener { ShouldListenTo = source => source.Name == "System.Net.Http" };
#if NET
        listener.ExceptionRecorder = Describe;
#else
        // .NET 9 and later have it; earlier versions record no exceptions.
        if (typeof(ActivityListener).GetProperty("ExceptionRecorder") is { } recorder)
        {
            recorder.SetValue(listener, Delegate.CreateDelegate(recorder.PropertyType, typeof(RecordedExceptions), nameof(Describe)));
        }
#endif
        return listener;
    }

    private static void Describe(Activity activity, Exception exception, ref TagList tags)
    {
        if (ApiRequest.Find()?.Messages.Clean(exception) is { } clean && clean != exception)
        {
            tags.Add("exception.type", exception.GetType().FullName);
            tags.Add("exception.message", clean.Message);
            tags.Add("exception.stacktrace", clean.ToString());
        }
    }
}
