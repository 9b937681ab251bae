using System.Net;
using System.Text;

namespace Pan123.Tests;

/// <summary>The book-keeping of a call, by itself.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class AttemptsTests : IDisposable
{
    private readonly ApiRequest _call =
        new("deleteFiles", HttpMethod.Post, new Uri("api/v1/file", UriKind.Relative), new DeleteFilesRequest { FileIds = [14705301, 14705306] });

    private Attempts Attempts => _call.Attempts;

    public void Dispose() => _call.Dispose();

    [Test]
    public void A_call_that_began_no_attempt_was_not_sent() => Assert.That(Attempts.End(), Is.EqualTo(DeleteOutcome.NotSent));

    [Test]
    public void An_attempt_whose_body_is_read_may_have_been_sent([Values(0, 1, 2)] int reads)
    {
        var attempt = Begin();
        Read(attempt, reads);

        Attempts.End(attempt, response: null, mayHaveBeenSent: false);

        Assert.That(Attempts.End(), Is.EqualTo(reads == 0 ? DeleteOutcome.NotSent : DeleteOutcome.Unknown));
    }

    [Test]
    public void An_attempt_still_in_flight_at_the_end_may_have_been_sent_if_its_body_is_read_and_cannot_be_sent_any_more_if_not([Values] bool isRead)
    {
        var attempt = Begin();
        Read(attempt, isRead ? 1 : 0);

        Assert.Multiple(() =>
        {
            Assert.That(Attempts.End(), Is.EqualTo(isRead ? DeleteOutcome.Unknown : DeleteOutcome.NotSent));
            Assert.That(() => Attempts.OnRead(attempt), Throws.InvalidOperationException);
            Assert.That(() => Attempts.Begin(body: null, out _), Throws.InvalidOperationException);
        });
    }

    [Test]
    public void What_is_read_by_no_attempt_may_have_been_sent_by_another_way_and_not_by_one()
    {
        using var read = new ApiRequestContent(_call);
        Attempts.OnRead(read);
        var unread = Begin();
        Attempts.End(unread, response: null, mayHaveBeenSent: false);
        Attempts.OnRead(unread);

        var next = Attempts.Begin(read, out var isAlone);

        Assert.Multiple(() =>
        {
            Assert.That(next, Is.Not.SameAs(read));
            Assert.That(isAlone, Is.True);
            Assert.That(Attempts.End(), Is.EqualTo(DeleteOutcome.Unknown));
        });
    }

    [Test]
    public void An_attempt_is_begun_once_and_knows_whether_it_is_alone()
    {
        var first = Attempts.Begin(_call.Content, out var isFirstAlone);
        var again = Attempts.Begin(_call.Content, out var isAlone);

        Assert.Multiple(() =>
        {
            Assert.That(first, Is.SameAs(_call.Content));
            Assert.That(again, Is.Not.SameAs(first));
            Assert.That((isFirstAlone, isAlone), Is.EqualTo((true, false)));
        });
    }

    [Test]
    public void The_body_of_another_call_is_not_taken()
    {
        using var other = new ApiRequest("deleteFiles", HttpMethod.Post, new Uri("api/v1/file", UriKind.Relative), new DeleteFilesRequest { FileIds = [1] });

        Assert.That(Attempts.Begin(other.Content, out _), Is.Not.SameAs(other.Content));
    }

    [Test]
    public async Task A_body_is_written_as_often_as_it_is_asked_for_and_knows_its_length()
    {
        const string Json = """{"fileIDs":[14705301,14705306]}""";
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        await _call.Content!.CopyToAsync(first);
        await _call.Content.CopyToAsync(second);

        Assert.That(
            (Encoding.UTF8.GetString(first.ToArray()), Encoding.UTF8.GetString(second.ToArray()), _call.Content.Headers.ContentLength, ((ApiRequestContent)_call.Content).Reads),
            Is.EqualTo((Json, Json, Json.Length, 2)));
    }

    [Test]
    public void A_call_without_a_body_has_attempts_with_an_empty_one()
    {
        using var call = new ApiRequest("getFiles", HttpMethod.Get, new Uri("api/v1/file", UriKind.Relative));

        Assert.That(call.Attempts.Begin(body: null, out _).Headers.ContentLength, Is.Zero);
    }

    [Test]
    public async Task An_attempt_ends_once()
    {
        var attempt = Begin();
        Read(attempt, 1);
        var rejection = await RespondAsync("""{"code":5066,"message":"file not found"}""");

        Attempts.End(attempt, rejection, mayHaveBeenSent: true);
        Attempts.End(attempt, response: null, mayHaveBeenSent: true);

        Assert.That((Attempts.End(), Attempts.Last), Is.EqualTo((DeleteOutcome.Rejected, rejection)));
    }

    [Test]
    public async Task A_response_after_the_end_of_the_call_is_not_recorded([Values(0, 1)] int code)
    {
        var attempt = Begin();
        Read(attempt, 1);
        Attempts.End();

        Attempts.End(attempt, await RespondAsync($$"""{"code":{{code}},"message":"late"}"""), mayHaveBeenSent: true);

        Assert.That(new[] { Attempts.Success, Attempts.Rejection, Attempts.Last }, Is.All.Null);
    }

    [Test]
    public async Task The_first_of_two_successes_counts()
    {
        var (first, second) = (await RespondAsync(FakeService.Success), await RespondAsync(FakeService.Success));

        Attempts.End(Begin(), first, mayHaveBeenSent: true);
        Attempts.End(Begin(), second, mayHaveBeenSent: true);

        Assert.That((Attempts.Success, Attempts.Last), Is.EqualTo((first, second)));
    }

    private async Task<ApiResponse> RespondAsync(string body)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) };
        return await ApiResponse.ReadAsync(response, _call, isExpected: true, CancellationToken.None);
    }

    private ApiRequestContent Begin() => Attempts.Begin(body: null, out _);

    private void Read(ApiRequestContent attempt, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Attempts.OnRead(attempt);
        }
    }
}
