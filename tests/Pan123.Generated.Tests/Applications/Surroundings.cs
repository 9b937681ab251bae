using System.Diagnostics;

namespace Pan123.Tests.Applications;

/// <summary>What a test gives an application to play with.</summary>
/// <param name="OtherOrigin">A server that has no business with the client.</param>
/// <param name="Proxy">A proxy that must see nothing of plain http.</param>
/// <param name="Trace">The trace that the test's calls belong to.</param>
internal sealed record Surroundings(Uri OtherOrigin, Uri Proxy, ActivityTraceId Trace)
{
    private readonly List<Task> _leftovers = [];

    public ResponseCache Cache { get; } = new();

    /// <summary>Requests that the application has let go of.</summary>
    public IReadOnlyList<Task> Leftovers
    {
        get
        {
            lock (_leftovers)
            {
                return [.. _leftovers];
            }
        }
    }

    public void LetGo(Task leftover)
    {
        lock (_leftovers)
        {
            _leftovers.Add(leftover);
        }
    }
}
