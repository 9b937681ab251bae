using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Access tokens over real HTTP, from an emulator that keeps three alive.</summary>
public sealed class ClientCredentialsOverHttpTests() : EmulatorFixture(Ids)
{
    private static readonly long[] Ids = FirstIds(64);

    [Test]
    public async Task One_token_serves_64_callers_at_once()
    {
        using var client = CreateClient();

        await Task.WhenAll(Ids.Select(id => Task.Run(() => client.DeleteFilesAsync([id]))));

        Assert.That((Emulator.Tokens.IssuedCount, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((1, 64)));
    }

    [Test]
    public async Task A_token_that_has_expired_costs_64_callers_at_once_one_more()
    {
        var clock = new FakeTimeProvider();
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { TimeProvider = clock });
        emulator.Drive.AddToRecycleBin([.. Ids, 1000]);
        using var client = CreateClient(emulator, builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await client.DeleteFilesAsync([1000]);
        clock.Advance(TimeSpan.FromDays(31));

        await Task.WhenAll(Ids.Select(id => Task.Run(() => client.DeleteFilesAsync([id]))));

        Assert.That((emulator.Tokens.IssuedCount, emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((2, 65)));
    }

    [Test]
    public async Task A_token_that_is_revoked_in_mid_run_costs_one_more()
    {
        using var client = CreateClient();
        await Task.WhenAll(Ids.Take(32).Select(id => Task.Run(() => client.DeleteFilesAsync([id]))));
        Emulator.Tokens.RevokeAll();

        await Task.WhenAll(Ids.Skip(32).Select(id => Task.Run(() => client.DeleteFilesAsync([id]))));

        Assert.That((Emulator.Tokens.IssuedCount, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((2, 64)));
    }

    [Test]
    public async Task A_connection_that_is_reset_while_a_token_is_issued_means_not_sent()
    {
        Emulator.Faults.Enqueue(Fault.ConnectionReset().AfterProcessing(), path: Pan123Emulator.AccessTokenPath);
        using var client = CreateClient();

        await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync(Ids));
        await client.DeleteFilesAsync(Ids);

        Assert.That((Emulator.Tokens.IssuedCount, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((2, 64)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_connection_that_is_reset_leaves_the_outcome_unknown(bool inTheBody)
    {
        var fault = (inTheBody ? Fault.ConnectionResetInBody() : Fault.ConnectionReset()).AfterProcessing();
        Emulator.Faults.Enqueue(fault, path: Pan123Emulator.DeleteFilesPath);
        using var client = CreateClient();

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync(Ids));

        Assert.That(Emulator.Drive.Count(FileState.Deleted), Is.EqualTo(64));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_oversized_answer_leaves_the_outcome_unknown(bool isAnnounced)
    {
        Emulator.Faults.Enqueue(Fault.OversizedBody(4 << 20, isAnnounced).AfterProcessing(), path: Pan123Emulator.DeleteFilesPath);
        using var client = CreateClient();

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync(Ids));

        Assert.That(Emulator.Drive.Count(FileState.Deleted), Is.EqualTo(64));
    }

    [Test]
    public async Task With_wrong_credentials_nothing_is_sent_and_the_services_words_say_why()
    {
        using var client = CreateClient("not-the-secret");

        var notSent = (await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync(Ids)))!;

        var rejected = (Pan123ApiException)notSent.InnerException!;
        Assert.That((rejected.Code, rejected.ApiMessage), Is.EqualTo(((Pan123ErrorCode?)Pan123ErrorCode.InternalError, "clientID or clientSecret is wrong")));
    }

    private StandalonePan123Client CreateClient(string clientSecret = Pan123EmulatorOptions.DefaultClientSecret) => CreateClient(Emulator, clientSecret: clientSecret);

    private static StandalonePan123Client CreateClient(
        Pan123Emulator emulator, Action<IHttpClientBuilder>? configure = null, string clientSecret = Pan123EmulatorOptions.DefaultClientSecret) =>
        Pan123Client.Create(
            new Pan123ClientOptions
            {
                BaseAddress = emulator.BaseAddress,
                ClientId = Pan123EmulatorOptions.DefaultClientId,
                ClientSecret = clientSecret,
                MaxRetries = 0,
                RequestsPerSecond = null,
            },
            configure);
}
