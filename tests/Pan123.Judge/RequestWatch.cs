using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

namespace Pan123.Judge;

/// <summary>Judges each request that the library sends in this process, and keeps what is wrong with it for the test that sent it.</summary>
public static class RequestWatch
{
    // By its name: the two builds of the library have one each, and this project refers to neither.
    private const string RequestType = "Pan123.ApiRequest";

    // Reported by the platform's own handlers for each request before they send it.
    private const string Listener = "HttpHandlerDiagnosticListener";
    private const string Event = "System.Net.Http.Request";

    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> Problems = new();
    private static readonly Lazy<IDisposable> Subscription = new(Subscribe);
    private static int _judgedCount;

    /// <summary>How many requests were judged so far.</summary>
    public static int JudgedCount => _judgedCount;

    internal static void Begin() => _ = Subscription.Value;

    /// <summary>What was wrong with the requests of the current test, and forgets it.</summary>
    public static IReadOnlyList<string> TakeProblems() => Problems.TryRemove(CurrentTest, out var problems) ? [.. problems] : [];

    /// <summary>What was wrong with the requests of all tests that nobody took, and forgets it.</summary>
    internal static IReadOnlyList<string> TakeAllProblems() => [.. Problems.Keys.SelectMany(test => Problems.TryRemove(test, out var problems) ? problems : [])];

    internal static void Watch(HttpRequestMessage request)
    {
        // A request that is retried is watched already.
        if (request.GetType().FullName != RequestType || request.Content is JudgedContent)
        {
            return;
        }

        var test = CurrentTest;
        if (request.Content is { } content)
        {
            // As it is now: a body can also be read again later, when its request has been answered.
            var sent = CopyHead(request, content);
            request.Content = new JudgedContent(content, body => Judge(sent, body, test));
        }
        else
        {
            Judge(request, body: null, test);
        }
    }

    private static HttpRequestMessage CopyHead(HttpRequestMessage request, HttpContent content)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent([]) };
        CopyHeaders(request.Headers, copy.Headers);
        CopyHeaders(content.Headers, copy.Content.Headers);
        return copy;

        static void CopyHeaders(HttpHeaders from, HttpHeaders to)
        {
            foreach (var (name, values) in from)
            {
                to.TryAddWithoutValidation(name, values);
            }
        }
    }

    private static IDisposable Subscribe() => DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
    {
        if (listener.Name == Listener)
        {
            // To this event alone: by the others, which start activities, the requests would get a header more.
            listener.Subscribe(new Observer<KeyValuePair<string, object?>>(reported => Watch(RequestOf(reported.Value!))), name => name == Event);
        }
    }));

    private static string CurrentTest => TestContext.CurrentContext.Test.ID;

    private static void Judge(HttpRequestMessage request, byte[]? body, string test)
    {
        Interlocked.Increment(ref _judgedCount);
        foreach (var problem in RequestJudge.OfThisRepository.FindProblems(request, body))
        {
            Problems.GetOrAdd(test, _ => new ConcurrentQueue<string>()).Enqueue($"{request.Method} {request.RequestUri}: {problem}");
        }
    }

    private static HttpRequestMessage RequestOf(object reported) => (HttpRequestMessage)reported.GetType().GetProperty("Request")!.GetValue(reported)!;

    private sealed class Observer<T>(Action<T> onNext) : IObserver<T>
    {
        public void OnNext(T value) => onNext(value);

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }
    }
}
