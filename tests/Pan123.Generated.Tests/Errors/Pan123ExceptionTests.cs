using System.Net;

namespace Pan123.Tests;

/// <summary>What the exceptions of the library have in common.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Pan123ExceptionTests
{
    private static readonly Pan123NotSentException NotSent = new("a reason.");

    private static IEnumerable<TestCaseData> Failures()
    {
        yield return Case("none", failure: null, found: null);
        yield return Case("the library's", NotSent, NotSent);
        yield return Case("a cancellation by the library", new OperationCanceledException("cancelled", NotSent), NotSent);
        yield return Case("another cancellation", new OperationCanceledException("cancelled", new TimeoutException()), found: null);
        yield return Case("a cancellation without a reason", new OperationCanceledException("cancelled"), found: null);
        yield return Case("another exception around the library's", new InvalidOperationException("failed", NotSent), found: null);

        static TestCaseData Case(string name, Exception? failure, Exception? found) => new TestCaseData(failure, found).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Failures))]
    public void The_librarys_exception_is_found_also_in_a_cancellation(Exception? failure, Exception? found) =>
        Assert.That(Pan123Exception.Find(failure), Is.SameAs(found));

    [Test]
    public void The_message_of_a_rejection_is_built_once()
    {
        var rejected = new Pan123ApiException(HttpStatusCode.OK, Pan123ErrorCode.FileNotFound, "file not found", traceId: null);

        var message = rejected.Message;

        Assert.That(rejected.Message, Is.SameAs(message));
    }
}
