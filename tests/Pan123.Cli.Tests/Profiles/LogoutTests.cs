using Pan123.Emulator;

namespace Pan123.Cli.Tests;

public sealed class LogoutTests : ProfileFixture
{
    [TestCase("", "default")]
    [TestCase("--profile alice", "alice")]
    public async Task It_removes_the_profile_and_its_token(string arguments, string name)
    {
        Keep("default");
        Keep("alice");
        Keep("bob", "other");
        await RunAsync("delete --yes 1");

        var exitCode = await RunAsync($"logout {arguments}");

        Assert.That((exitCode, Profiles.ReadNames(), Directory.GetFiles(TokenFolder).Length), Is.EqualTo((0, new[] { "alice", "bob", "default" }.Where(each => each != name), 0)));
    }

    [Test]
    public async Task The_token_of_another_client_ID_stays()
    {
        Keep("default");
        Keep("bob", "other");
        await RunAsync("delete --yes 1");

        await RunAsync("logout --profile bob");
        await RunAsync("delete --yes 2");

        Assert.That((Emulator.Tokens.IssuedCount, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((1, 2)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task One_that_cannot_be_used_is_removed_all_the_same(bool isDamaged)
    {
        Keep("alice");
        if (isDamaged)
        {
            await File.WriteAllTextAsync(PathOf("alice"), "{");
        }
        else
        {
            Assume.That(OperatingSystem.IsWindows(), Is.False, "Windows has no such mode.");
#pragma warning disable CA1416 // See above.
            File.SetUnixFileMode(PathOf("alice"), File.GetUnixFileMode(PathOf("alice")) | UnixFileMode.OtherRead);
#pragma warning restore CA1416
        }

        var exitCode = await RunAsync("logout --profile alice");

        Assert.That((exitCode, File.Exists(PathOf("alice")), Messages.Output.Contains("token --forget", StringComparison.Ordinal)), Is.EqualTo((0, false, true)));
    }

    [Test]
    public async Task An_unknown_profile_is_said() => Assert.That((await RunAsync("logout"), Messages.Output.Contains("'default'", StringComparison.Ordinal)), Is.EqualTo((2, true)));
}
