using System.Text;

namespace Pan123.Tests;

/// <summary>The book-keeping of a call, by itself.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AttemptsTests
{
    [Test]
    public void A_call_that_began_no_attempt_was_not_sent() => Assert.That(new Attempts().End(), Is.EqualTo(DeleteOutcome.NotSent));

    [Test]
    public void An_attempt_whose_body_is_read_may_have_been_sent([Values(0, 1, 2)] int reads)
    {
        var attempts = new Attempts();
        var attempt = Begin(attempts);
        Read(attempt, reads);

        attempts.End(attempt, response: null, mayHaveBeenSent: false);

        Assert.That(attempts.End(), Is.EqualTo(reads == 0 ? DeleteOutcome.NotSent : DeleteOutcome.Unknown));
    }

    [Test]
    public void An_attempt_still_in_flight_at_the_end_may_have_been_sent_if_its_body_is_read_and_cannot_be_sent_any_more_if_not([Values] bool isRead)
    {
        var attempts = new Attempts();
        var attempt = Begin(attempts);
        Read(attempt, isRead ? 1 : 0);

        Assert.Multiple(() =>
        {
            Assert.That(attempts.End(), Is.EqualTo(isRead ? DeleteOutcome.Unknown : DeleteOutcome.NotSent));
            Assert.That(attempt.OnRead, Throws.InvalidOperationException);
            Assert.That(() => attempts.TryBegin(new Attempt(attempts), out _), Throws.InvalidOperationException);
        });
    }

    [Test]
    public void What_is_read_by_no_attempt_may_have_been_sent_by_another_way_and_not_by_one()
    {
        var attempts = new Attempts();
        var read = new Attempt(attempts);
        read.OnRead();
        var unread = Begin(attempts);
        attempts.End(unread, response: null, mayHaveBeenSent: false);
        unread.OnRead();

        Assert.That((attempts.TryBegin(read, out var isAlone), isAlone, attempts.End()), Is.EqualTo((false, true, DeleteOutcome.Unknown)));
    }

    [Test]
    public void An_attempt_is_begun_once_and_knows_whether_it_is_alone()
    {
        var attempts = new Attempts();
        var first = Begin(attempts);

        var again = attempts.TryBegin(first, out _);
        var second = attempts.TryBegin(new Attempt(attempts), out var isAlone);

        Assert.That((again, second, isAlone), Is.EqualTo((false, true, false)));
    }

    [Test]
    public async Task A_body_is_written_as_often_as_it_is_asked_for_and_knows_its_length()
    {
        const string Json = """{"fileIDs":[14705301,14705306]}""";
        using var request = new ApiRequest("deleteFiles", HttpMethod.Post, new Uri("api/v1/file", UriKind.Relative), new DeleteFilesRequest { FileIds = [14705301, 14705306] });
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        await request.Content!.CopyToAsync(first);
        await request.Content.CopyToAsync(second);

        Assert.That(
            (Encoding.UTF8.GetString(first.ToArray()), Encoding.UTF8.GetString(second.ToArray()), request.Content.Headers.ContentLength, ((ApiRequestContent)request.Content).Attempt.Reads),
            Is.EqualTo((Json, Json, Json.Length, 2)));
    }

    private static Attempt Begin(Attempts attempts)
    {
        var attempt = new Attempt(attempts);
        Assert.That(attempts.TryBegin(attempt, out _));
        return attempt;
    }

    private static void Read(Attempt attempt, int times)
    {
        for (var i = 0; i < times; i++)
        {
            attempt.OnRead();
        }
    }
}
