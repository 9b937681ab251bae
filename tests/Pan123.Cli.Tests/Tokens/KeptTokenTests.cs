using System.Runtime.Versioning;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <summary>The access token that the command line keeps between its runs.</summary>
public sealed class KeptTokenTests : CommandLineFixture
{
    private const UnixFileMode OnlyThisUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly DistributedCacheEntryOptions Tomorrow = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromDays(1) };

    [SetUp]
    public void UseCredentials()
    {
        Environment.Remove("PAN123_ACCESS_TOKEN");
        (Environment["PAN123_CLIENT_ID"], Environment["PAN123_CLIENT_SECRET"]) = (Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret);
        Emulator.Drive.AddToRecycleBin(1, 2, 3, 4, 5);
    }

    [Test]
    public async Task Runs_share_a_token()
    {
        for (var id = 1; id <= 5; id++)
        {
            Assert.That(await RunAsync($"delete --yes {id}"), Is.Zero);
        }

        Assert.That(Emulator.Tokens.IssuedCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Runs_of_other_credentials_do_not()
    {
        await RunAsync("delete --yes 1");
        Environment["PAN123_CLIENT_ID"] = "other";

        var exitCode = await RunAsync("delete --yes 2");

        Assert.That((exitCode, Results.Output.Contains("clientID or clientSecret is wrong", StringComparison.Ordinal)), Is.EqualTo((3, true)));
    }

    [Test]
    public async Task A_kept_token_that_was_signed_out_is_renewed_and_kept()
    {
        await RunAsync("delete --yes 1");
        Emulator.Tokens.RevokeAll();

        await RunAsync("delete --yes 2");
        await RunAsync("delete --yes 3");

        Assert.That((Emulator.Tokens.IssuedCount, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((2, 3)));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There the folder of a user's data is that user's alone.")]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_its_user_can_read_the_file()
    {
        await RunAsync("delete --yes 1");

        Assert.Multiple(() =>
        {
            Assert.That(File.GetUnixFileMode(Directory.GetFiles(TokenFolder).Single()), Is.EqualTo(OnlyThisUser));
            Assert.That(File.GetUnixFileMode(TokenFolder), Is.EqualTo(OnlyThisUser | UnixFileMode.UserExecute));
        });
    }

    [Test]
    public async Task A_token_that_cannot_be_kept_costs_no_call_and_is_said()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(TokenFolder)!);
        await File.WriteAllTextAsync(TokenFolder, "a file where the folder should be");

        var exitCode = await RunAsync("delete --yes 1");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(Messages.Output, Does.Contain(TokenFolder));
        });
    }

    [TestCase("")]
    [TestCase("\n")]
    [TestCase("no time\nentry")]
    [TestCase("2001-01-01T00:00:00.0000000+00:00\nkey\nentry")]
    [TestCase("9999-01-01T00:00:00.0000000+00:00\nkey")]
    public async Task What_is_no_entry_is_none(string text)
    {
        var cache = new FileTokenCache(TokenFolder);
        await cache.SetStringAsync("key", "entry", Tomorrow);

        await File.WriteAllTextAsync(Directory.GetFiles(TokenFolder).Single(), text);

        Assert.That(await cache.GetStringAsync("key"), Is.Null);
    }

    [Test]
    public async Task An_entry_is_as_it_was_until_it_is_removed()
    {
        var cache = new FileTokenCache(TokenFolder);
        var absentBefore = await cache.GetStringAsync("key");
        await cache.SetStringAsync("key", "first", Tomorrow);

        await cache.SetStringAsync("key", "line\nline", Tomorrow);
        var kept = await cache.GetStringAsync("key");
        await cache.RemoveAsync("key");

        Assert.That((absentBefore, kept, await cache.GetStringAsync("key"), Directory.GetFiles(TokenFolder).Length), Is.EqualTo(((string?)null, "line\nline", (string?)null, 0)));
    }

    [Test]
    public async Task An_entry_is_kept_byte_for_byte()
    {
        var cache = new FileTokenCache(TokenFolder);
        byte[] value = [.. Enumerable.Range(0, 256).Select(each => (byte)each)];

        await cache.SetAsync("key", value, Tomorrow);

        Assert.That(await cache.GetAsync("key"), Is.EqualTo(value));
    }

    [Test]
    public void An_entry_without_end_is_rejected() =>
        Assert.Throws<NotSupportedException>(() => new FileTokenCache(TokenFolder).Set("key", Encoding.UTF8.GetBytes("entry"), new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromDays(1) }));
}
