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

    private ApiRequestContent Begin() => Attempts.Begin(body: null, out _);

    private void Read(ApiRequestContent attempt, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Attempts.OnRead(attempt);
        }
    }
}
