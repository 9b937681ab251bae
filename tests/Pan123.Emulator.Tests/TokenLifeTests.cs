using System.Globalization;

namespace Pan123.Emulator.Tests;

public sealed class TokenLifeTests : AccessTokenFixture
{
    private const string Expired = "token is expired";
    private const string SignedOut = "tokens number has exceeded the limit";
    private const string Revoked = "token is revoked";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    protected override Pan123EmulatorOptions Options => new() { TimeProvider = Clock, AccessTokenLifetime = Lifetime };

    [Test]
    public async Task A_token_lives_until_the_very_tick_at_which_it_expires()
    {
        var token = await IssueAsync();

        Clock.Move(Lifetime - TimeSpan.FromTicks(1));
        var before = await RefusalOfAsync(token);
        Clock.Move(TimeSpan.FromTicks(1));
        var after = await RefusalOfAsync(token);

        Assert.That(before, Is.Null);
        Assert.That(after, Is.EqualTo(Expired));
        Assert.That(Pan.Tokens.Active, Is.Empty);
        Assert.That(Pan.Tokens.IssuedCount, Is.EqualTo(1));
    }

    [Test]
    public async Task A_token_expires_at_the_time_that_was_answered_even_between_two_seconds()
    {
        Clock.Move(TimeSpan.FromTicks(1));

        var reply = await SendAsync(TokenRequest(Credentials()));
        var expiredAt = DateTimeOffset.Parse(DataOf(reply, "expiredAt")!, CultureInfo.InvariantCulture);
        Clock.Move(expiredAt - Clock.GetUtcNow() - TimeSpan.FromTicks(1));
        var before = Pan.Tokens.Active.Count;
        Clock.Move(TimeSpan.FromTicks(1));
        var after = Pan.Tokens.Active.Count;

        Assert.That(DataOf(reply, "expiredAt"), Is.EqualTo("2026-01-01T09:00:01+08:00"));
        Assert.That(before, Is.EqualTo(1));
        Assert.That(after, Is.Zero);
    }

    [Test]
    public async Task A_fourth_token_signs_the_oldest_out()
    {
        string[] tokens = [await IssueAsync(), await IssueAsync(), await IssueAsync(), await IssueAsync()];

        var refusals = new List<string?>();
        foreach (var token in tokens)
        {
            refusals.Add(await RefusalOfAsync(token));
        }

        Assert.That(refusals, Is.EqualTo([SignedOut, null, null, null]));
        Assert.That(Pan.Tokens.Active, Is.EqualTo(tokens[1..]));
        Assert.That(Pan.Tokens.IssuedCount, Is.EqualTo(4));
    }

    [Test]
    public async Task An_expired_token_takes_no_place_of_a_live_one()
    {
        var first = await IssueAsync();
        Clock.Move(Lifetime / 2);
        var second = await IssueAsync();
        Clock.Move(Lifetime / 2);

        string[] later = [await IssueAsync(), await IssueAsync()];

        Assert.That(Pan.Tokens.Active, Is.EqualTo([second, .. later]));
        Assert.That(await RefusalOfAsync(first), Is.EqualTo(Expired), "it was not signed out");
    }

    [Test]
    public async Task A_token_once_signed_out_stays_so_when_it_would_have_expired()
    {
        var token = await IssueAsync();
        for (var i = 0; i < 3; i++)
        {
            await IssueAsync();
        }

        Clock.Move(Lifetime);

        Assert.That(await RefusalOfAsync(token), Is.EqualTo(SignedOut));
    }

    [Test]
    public async Task A_revoked_token_is_refused_and_the_others_are_not()
    {
        var first = await IssueAsync();
        var second = await IssueAsync();

        var wasLive = Pan.Tokens.Revoke(first);

        Assert.That(wasLive, Is.True);
        Assert.That(await RefusalOfAsync(first), Is.EqualTo(Revoked));
        Assert.That(await RefusalOfAsync(second), Is.Null);
        Assert.That(Pan.Tokens.Active, Is.EqualTo([second]));
    }

    [Test]
    public async Task All_tokens_can_be_revoked_except_the_fixed_one()
    {
        string[] tokens = [await IssueAsync(), await IssueAsync()];

        var count = Pan.Tokens.RevokeAll();

        Assert.That(count, Is.EqualTo(2));
        Assert.That(await RefusalOfAsync(tokens[0]), Is.EqualTo(Revoked));
        Assert.That(await RefusalOfAsync(tokens[1]), Is.EqualTo(Revoked));
        Assert.That(await RefusalOfAsync(Pan.AccessToken), Is.Null);
    }

    [Test]
    public async Task Revoking_what_is_not_live_says_so_and_changes_nothing()
    {
        var token = await IssueAsync();
        Clock.Move(Lifetime);

        Assert.That(Pan.Tokens.Revoke(token), Is.False);
        Assert.That(Pan.Tokens.Revoke(Pan.AccessToken), Is.False);
        Assert.That(Pan.Tokens.Revoke(""), Is.False);
        Assert.That(Pan.Tokens.RevokeAll(), Is.Zero);
        Assert.That(await RefusalOfAsync(token), Is.EqualTo(Expired));
        Assert.That(await RefusalOfAsync(Pan.AccessToken), Is.Null);
    }

    [Test]
    public async Task The_fixed_token_outlives_all_others()
    {
        Clock.Move(TimeSpan.FromDays(10_000));

        Assert.That(await RefusalOfAsync(Pan.AccessToken), Is.Null);
    }

    [Test]
    public async Task A_token_that_was_never_issued_is_refused_as_ever()
    {
        await IssueAsync();

        Assert.That(await RefusalOfAsync("another"), Is.EqualTo("Authorization must be 'Bearer ' and the emulator's access token"));
    }

    [TestCase("{0}")]
    [TestCase("bearer {0}")]
    [TestCase("Bearer  {0}")]
    [TestCase("Bearer {0},Bearer {0}")]
    public async Task A_live_token_that_is_sent_otherwise_is_refused(string authorization)
    {
        var request = DeleteRequest(Body());
        request.Headers.Remove("Authorization");
        var sent = authorization.Replace("{0}", await IssueAsync(), StringComparison.Ordinal);
        request.Headers.TryAddWithoutValidation("Authorization", sent);

        var reply = await SendAsync(request);

        Assert.That(reply.Code, Is.EqualTo(401));
    }

    [Test]
    public async Task Concurrent_callers_get_a_token_each_and_three_of_them_are_live()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => IssueAsync()));

        Assert.That(tokens, Is.Unique);
        Assert.That(Pan.Tokens.IssuedCount, Is.EqualTo(32));
        Assert.That(Pan.Tokens.Active, Has.Count.EqualTo(3).And.SubsetOf(tokens));
    }

    [Test]
    public async Task A_list_once_taken_does_not_change()
    {
        var before = Pan.Tokens.Active;

        await IssueAsync();

        Assert.That(before, Is.Empty);
    }
}
