namespace Pan123.Tests;

/// <summary>What a request without a body knows of itself: nothing reads it, so nothing tells whether it was sent.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ApiRequestTests
{
    [Test]
    public void A_request_without_a_body_may_have_been_sent_from_its_first_attempt_on()
    {
        using var request = new ApiRequest("getFile", HttpMethod.Get, new Uri("api/v1/file", UriKind.Relative));
        var before = (request.WasSent, request.IsInDoubt);

        request.BeginAttempt();

        Assert.That((before, (request.WasSent, request.IsInDoubt)), Is.EqualTo(((false, false), (true, true))));
    }

    [Test]
    public void A_request_with_a_body_was_not_sent_before_something_reads_it()
    {
        using var request = new ApiRequest("deleteFiles", HttpMethod.Post, new Uri("api/v1/file", UriKind.Relative), new DeleteFilesRequest());

        request.BeginAttempt();

        Assert.That((request.WasSent, request.IsInDoubt), Is.EqualTo((false, false)));
    }
}
