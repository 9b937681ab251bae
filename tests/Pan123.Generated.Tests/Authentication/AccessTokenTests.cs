using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class AccessTokenTests
{
    private const string Canary = "canary-access-token";

    [TestCase(null, "empty")]
    [TestCase("", "empty")]
    [TestCase(" ", "empty")]
    [TestCase($"Bearer {Canary}", "\"Bearer\"")]
    [TestCase($"{Canary}\n", "20 of 20")]
    [TestCase($"{Canary} {Canary}", "20 of 39")]
    [TestCase($"é{Canary}", " 1 of 20")]
    public void A_token_that_no_header_can_carry_is_refused_without_being_repeated(string? value, string named)
    {
        var refused = Assert.Throws<ArgumentException>(() => _ = new AccessToken(value!))!;

        Assert.That(refused.ToString(), Does.Contain(named).And.Not.Contains(Canary));
    }

    [Test]
    public void A_token_may_have_any_character_that_a_header_can_carry() =>
        Assert.That(new AccessToken("!token~").Value, Is.EqualTo("!token~"));

    [Test]
    public void A_token_does_not_show_itself() =>
        Assert.That($"{new AccessToken(Canary)}", Is.EqualTo("[access token]"));

    [Test]
    public async Task Each_request_takes_its_token_from_the_applications_provider()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Drive.AddToRecycleBin(1, 2);
        var provider = new StubProvider(() => new AccessToken(emulator.AccessToken));
        using var client = CreateClient(emulator, provider);

        await client.DeleteFilesAsync([1]);
        await client.DeleteFilesAsync([2]);

        Assert.That((provider.Calls, emulator.Drive.DeletedFileIds.Count), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task A_cancelled_call_asks_for_no_token()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        var provider = new StubProvider(() => new AccessToken(emulator.AccessToken));
        using var client = CreateClient(emulator, provider);

        await Assert.CatchAsync<OperationCanceledException>(() => client.DeleteFilesAsync([1], new CancellationToken(canceled: true)));

        Assert.That((provider.Calls, emulator.Requests.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task What_the_provider_throws_reaches_the_caller_and_nothing_is_sent()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        using var client = CreateClient(emulator, new StubProvider(() => throw new TimeoutException("The vault is closed.")));

        var notSent = (await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync([1])))!;

        Assert.That((notSent.Reason, notSent.InnerException?.GetType(), emulator.Requests.Count), Is.EqualTo(("The vault is closed.", typeof(TimeoutException), 0)));
    }

    [Test]
    public async Task A_rejected_token_in_whose_place_there_is_no_other_is_not_sent_again()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        var provider = new StubProvider(() => new AccessToken(Canary));
        using var client = CreateClient(emulator, provider);

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => client.DeleteFilesAsync([1])))!;

        Assert.That((rejected.Code, provider.Calls, emulator.Requests.Count), Is.EqualTo(((Pan123ErrorCode?)Pan123ErrorCode.Unauthorized, 2, 1)));
    }

    [Test]
    public async Task A_provider_without_a_token_means_that_nothing_is_sent()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        using var client = CreateClient(emulator, new StubProvider(() => null!));

        var refused = (await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync([1])))!;

        Assert.Multiple(() =>
        {
            Assert.That(refused.Message, Does.Contain($"{typeof(StubProvider)}"));
            Assert.That(emulator.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task The_token_goes_to_no_other_origin([Values("http://127.0.0.1:{0}/", "https://localhost:{1}/", "http://localhost:{1}/")] string other)
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        await using var otherEmulator = await Pan123Emulator.StartAsync();
        var address = new Uri(string.Format(CultureInfo.InvariantCulture, other, otherEmulator.BaseAddress.Port, emulator.BaseAddress.Port));
        using var client = CreateClient(emulator, configure: builder => builder.ConfigureHttpClient(http => http.BaseAddress = address));

        var refused = (await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync([1])))!;

        Assert.Multiple(() =>
        {
            Assert.That(refused.Message, Does.Contain($"{address}api/v1/file/delete").And.Contains(emulator.BaseAddress.GetLeftPart(UriPartial.Authority)));
            Assert.That(emulator.Requests, Is.Empty);
            Assert.That(otherEmulator.Requests, Is.Empty);
        });
    }

    private static StandalonePan123Client CreateClient(
        Pan123Emulator emulator, IAccessTokenProvider? provider = null, Action<IHttpClientBuilder>? configure = null) => Pan123Client.Create(
        new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, AccessToken = provider is null ? Canary : null, MaxRetries = 0 },
        builder =>
        {
            if (provider is not null)
            {
                builder.Services.AddSingleton(provider);
            }

            configure?.Invoke(builder);
        });

    private sealed class StubProvider(Func<AccessToken> getToken) : IAccessTokenProvider
    {
        public int Calls { get; private set; }

        public ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken)
        {
            Calls++;
            return new(getToken());
        }
    }
}
