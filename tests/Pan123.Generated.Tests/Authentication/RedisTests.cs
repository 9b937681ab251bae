using Pan123.Emulator;
using Pan123.Soak;

namespace Pan123.Tests;

/// <summary>Processes that share their access token through a Redis server.</summary>
public sealed class RedisTests() : EmulatorFixture(FirstIds(100))
{
    [Test]
    public async Task Processes_that_start_one_after_the_other_issue_one_token()
    {
        await DeleteAsync(firstId: 1);
        await DeleteAsync(firstId: 11);

        Assert.That((Emulator.Tokens.IssuedCount, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((1, 20)));
    }

    [TestCase(2)]
    [TestCase(6)]
    public async Task Processes_that_start_together_issue_one_token(int processes)
    {
        await Task.WhenAll(Enumerable.Range(0, processes).Select(process => DeleteAsync(firstId: 1 + (process * 10))));

        Assert.That((Emulator.Tokens.IssuedCount, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((1, 10 * processes)));
    }

    // A key of its own for each test: the address is part of it, and an emulator's port is nobody else's.
    private Task<int> DeleteAsync(long firstId) => WorkerCommand.RunProcessAsync(Emulator.BaseAddress, firstId, calls: 10, RedisServer.Find());
}
