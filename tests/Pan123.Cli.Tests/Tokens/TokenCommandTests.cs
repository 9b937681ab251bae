using Pan123.Emulator;

namespace Pan123.Cli.Tests;

public sealed class TokenCommandTests : CommandLineFixture
{
    [SetUp]
    public void UseCredentials()
    {
        Environment.Remove("PAN123_ACCESS_TOKEN");
        (Environment["PAN123_CLIENT_ID"], Environment["PAN123_CLIENT_SECRET"]) = (Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret);
        Emulator.Drive.AddToRecycleBin(1, 2);
        Clock.SetUtcNow(DateTimeOffset.UtcNow);
    }

    [Test]
    public async Task Without_one_it_says_so()
    {
        var exitCode = await RunAsync("token");

        Assert.That((exitCode, Results.Lines.Count, Results.Output.Contains(Pan123EmulatorOptions.DefaultClientId, StringComparison.Ordinal)), Is.EqualTo((0, 1, false)));
    }

    [Test]
    public async Task It_shows_whose_token_is_kept_until_when_and_not_its_value()
    {
        await RunAsync("delete --yes --quiet 1");

        var exitCode = await RunAsync("token");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(Results.Lines, Has.Count.EqualTo(1));
            Assert.That(Results.Lines[0], Does.Match($@"\A127\.0\.0\.1:{Emulator.BaseAddress.Port}:{Pan123EmulatorOptions.DefaultClientId}: .*\d{{4}}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d.*\b(29|30)\b"));
            Assert.That(Results.Output + Messages.Output, Does.Not.Contain(Emulator.Tokens.Active.Single()));
        });
    }

    [Test]
    public async Task What_is_forgotten_is_issued_anew()
    {
        await RunAsync("delete --yes --quiet 1");

        var exitCode = await RunAsync("token --forget");
        await RunAsync("token");
        await RunAsync("delete --yes --quiet 2");

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Emulator.Tokens.IssuedCount), Is.EqualTo((0, 2)));
            Assert.That(Results.Lines[0], Does.Contain($":{Pan123EmulatorOptions.DefaultClientId}:"));
            Assert.That(Results.Lines[1], Does.Not.Contain(Pan123EmulatorOptions.DefaultClientId), "It is kept no more.");
        });
    }
}
