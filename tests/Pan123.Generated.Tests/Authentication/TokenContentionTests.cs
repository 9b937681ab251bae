using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>More programs on one client ID than the service keeps tokens for, which share nothing: each issue signs another one out.</summary>
public sealed class TokenContentionTests() : EmulatorFixture(FirstIds(1000))
{
    private readonly WaitedClock _clock = new();
    private int _nextId;

    [Test]
    public async Task A_token_that_was_signed_out_is_renewed_at_once()
    {
        using var client = CreateClient();
        await DeleteAsync(client);
        Emulator.Tokens.RevokeAll();

        await DeleteAsync(client);

        Assert.That(Emulator.Tokens.IssuedCount, Is.EqualTo(2));
    }

    [Test]
    public async Task The_oftener_it_is_signed_out_the_longer_a_program_waits_before_it_issues_another()
    {
        using var client = CreateClient();
        await DeleteAsync(client);
        Emulator.Tokens.RevokeAll();
        await DeleteAsync(client);

        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 30, 30 })
        {
            Emulator.Tokens.RevokeAll();
            var waitsBefore = _clock.Waits.Count(wait => wait == TimeSpan.FromSeconds(seconds));
            var issuedBefore = Emulator.Tokens.IssuedCount;
            var call = DeleteAsync(client);
            await _clock.WaitedForAsync(TimeSpan.FromSeconds(seconds), waitsBefore + 1);
            Assert.That(Emulator.Tokens.IssuedCount, Is.EqualTo(issuedBefore));
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            await call;
        }
    }

    [Test]
    public async Task A_token_that_held_for_a_while_is_renewed_at_once_again()
    {
        using var client = CreateClient();
        await DeleteAsync(client);
        Emulator.Tokens.RevokeAll();
        await DeleteAsync(client);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Emulator.Tokens.RevokeAll();

        await DeleteAsync(client);

        Assert.That((Emulator.Tokens.IssuedCount, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task A_caller_can_give_up_the_wait()
    {
        using var client = CreateClient();
        await DeleteAsync(client);
        Emulator.Tokens.RevokeAll();
        await DeleteAsync(client);
        Emulator.Tokens.RevokeAll();
        using var cancellation = new CancellationTokenSource();

        var call = client.DeleteFilesAsync([999], cancellation.Token);
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(1));
        await cancellation.CancelAsync();
        var cancelled = (await Assert.CatchAsync<OperationCanceledException>(() => call))!;

        Assert.That(cancelled.InnerException, Is.InstanceOf<Pan123ApiException>().With.Property(nameof(Pan123ApiException.Code)).EqualTo(Pan123ErrorCode.Unauthorized));
    }

    private Task<DeleteFilesResponse> DeleteAsync(Pan123Client client) => client.DeleteFilesAsync([++_nextId]);

    private StandalonePan123Client CreateClient() => Pan123Client.Create(
        new Pan123ClientOptions
        {
            BaseAddress = Emulator.BaseAddress,
            ClientId = Pan123EmulatorOptions.DefaultClientId,
            ClientSecret = Pan123EmulatorOptions.DefaultClientSecret,
            RequestsPerSecond = null,
        },
        builder => builder.Services.AddSingleton<TimeProvider>(_clock));
}
