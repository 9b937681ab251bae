using System.Diagnostics;

namespace Pan123;

/// <summary>
/// .NET writes what its transport throws into an activity of its own, before any handler sees it; and the exception of a malformed header
/// quotes the server. This puts clean words there for the requests of this library.
/// </summary>
internal static class RecordedExceptions
{
    private static readonly ActivityListener Listener = CreateListener();

    /// <summary>For the whole process, from now on; once is enough.</summary>
    public static void Clean() => ActivitySource.AddActivityListener(Listener);

    // It samples nothing, so an activity is made only where somebody else wants it.
    private static ActivityListener CreateListener()
    {
        var listener = new ActivityListener { ShouldListenTo = source => source.Name == "System.Net.Http" };
#if NET
        listener.ExceptionRecorder = Describe;
#else
        // Of .NET 9 and later, where alone exceptions are recorded.
        if (typeof(ActivityListener).GetProperty("ExceptionRecorder") is { } recorder)
        {
            recorder.SetValue(listener, Delegate.CreateDelegate(recorder.PropertyType, typeof(RecordedExceptions), nameof(Describe)));
        }
#endif
        return listener;
    }

    private static void Describe(Activity activity, Exception exception, ref TagList tags)
    {
        if (ApiRequest.Find(request: null)?.Messages.Clean(exception) is { } clean && clean != exception)
        {
            tags.Add("exception.type", exception.GetType().FullName);
            tags.Add("exception.message", clean.Message);
            tags.Add("exception.stacktrace", clean.ToString());
        }
    }
}
