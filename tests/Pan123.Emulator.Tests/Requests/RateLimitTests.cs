using System.Net;

namespace Pan123.Emulator.Tests;

public sealed class RateLimitTests : AccessTokenFixture
{
    private const int Limit = 2;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    protected override Pan123EmulatorOptions Options => new() { TimeProvider = Clock, RequestsPerSecond = Limit };

    [SetUp]
    public void FillTheRecycleBin() => Pan.Drive.AddToRecycleBin(1, 2, 3);

    [Test]
    public async Task A_request_over_the_limit_is_body_code_429_and_does_nothing()
    {
        await DeleteAsync(1);
        await DeleteAsync(2);

        var third = await DeleteAsync(3);

        Assert.That(third.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(third.Code, Is.EqualTo(429));
        Assert.That(third.Message, Is.EqualTo("too many requests: no more than 2 a second"));
        Assert.That(third.TraceId, Does.EndWith("_emulator-3"));
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([1, 2]));
    }

    [Test]
    public async Task The_window_slides_so_that_no_burst_fits_between_two_seconds()
    {
        Clock.Move(0.9 * Second);
        await DeleteAsync(1);
        await DeleteAsync(2);

        Clock.Move(Second - Tick);
        var tooEarly = await DeleteAsync(3);
        Clock.Move(Tick);
        var inTime = await DeleteAsync(3);

        Assert.That(tooEarly.Code, Is.EqualTo(429));
        Assert.That(inTime.Code, Is.Zero);
    }

    [Test]
    public async Task The_limit_can_be_changed_and_what_was_accepted_counts_for_the_new_one()
    {
        await DeleteAsync(1);
        Pan.RequestsPerSecond = 1;
        var lower = await DeleteAsync(2);
        Pan.RequestsPerSecond = null;
        var none = await DeleteAsync(2);

        Assert.That((lower.Code, none.Code, Pan.RequestsPerSecond), Is.EqualTo((429, 0, default(int?))));
    }

    [Test]
    public void A_limit_of_less_than_1_is_refused() =>
        Assert.That(() => Pan.RequestsPerSecond = 0, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ActualValue").EqualTo(0));

    [Test]
    public async Task Requests_that_are_refused_do_not_count()
    {
        await DeleteAsync(1);
        await DeleteAsync(2);
        for (var i = 0; i < 10; i++)
        {
            Clock.Move(Second / 10);
            await DeleteAsync(3);
        }

        Assert.That(Pan.Requests.Count(request => request.IsRateLimited), Is.EqualTo(9));
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([1, 2, 3]));
    }

    [Test]
    public async Task Each_endpoint_has_a_limit_of_its_own_and_counts_bad_requests_too()
    {
        await SendAsync(TokenRequest("bad"));
        await SendAsync(TokenRequest("bad"));

        var token = await SendAsync(TokenRequest(Credentials()));
        var delete = await DeleteAsync(1);

        Assert.That(token.Code, Is.EqualTo(429));
        Assert.That(Pan.Tokens.IssuedCount, Is.Zero);
        Assert.That(delete.Code, Is.Zero);
    }

    [Test]
    public async Task What_is_no_endpoint_has_no_limit()
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i <= Limit; i++)
        {
            using var response = await Http.GetAsync(new Uri("/elsewhere", UriKind.Relative), TimeLimit);
            statuses.Add(response.StatusCode);
        }

        Assert.That(statuses, Has.All.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_fault_waits_for_a_request_that_gets_through()
    {
        Pan.Faults.Enqueue(Fault.BodyCode(5113, "traffic exceeded"), times: 3);

        await DeleteAsync(1);
        await DeleteAsync(1);
        var third = await DeleteAsync(1);
        Clock.Move(Second);
        var fourth = await DeleteAsync(1);

        Assert.That(third.Code, Is.EqualTo(429));
        Assert.That(fourth.Code, Is.EqualTo(5113));
    }

    [Test]
    public async Task The_record_tells_when_requests_arrived_and_which_were_refused()
    {
        var start = Clock.GetUtcNow();
        await DeleteAsync(1);
        Clock.Move(Second / 2);
        await DeleteAsync(2);
        await DeleteAsync(3);

        Assert.That(Pan.Requests.Select(request => request.ArrivedAt), Is.EqualTo([start, start + (Second / 2), start + (Second / 2)]));
        Assert.That(Pan.Requests.Select(request => request.IsRateLimited), Is.EqualTo([false, false, true]));
        Assert.That($"{Pan.Requests[2]}", Is.EqualTo("POST /api/v1/file/delete, 0 deleted, rate limited"));
    }

    [Test]
    public async Task Of_concurrent_requests_no_more_get_through_than_the_limit_allows()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => DeleteAsync(1)));

        Assert.That(replies.Count(reply => reply.Code == 429), Is.EqualTo(32 - Limit));
        Assert.That(Pan.Requests.Select(request => request.IsRateLimited), Is.Ordered.Ascending);
    }

    [Test]
    public async Task A_clock_that_is_set_back_does_not_close_the_endpoint()
    {
        await DeleteAsync(1);
        await DeleteAsync(2);

        Clock.Move(TimeSpan.FromHours(-1));
        var reply = await DeleteAsync(3);

        Assert.That(reply.Code, Is.Zero);
    }
}
