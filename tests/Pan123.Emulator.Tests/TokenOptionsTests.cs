namespace Pan123.Emulator.Tests;

public sealed class TokenOptionsTests : AccessTokenFixture
{
    protected override Pan123EmulatorOptions Options =>
        new() { TimeProvider = Clock, ClientId = "id", ClientSecret = "é\"密", MaxActiveAccessTokens = 1, RequestsPerSecond = 4 };

    [Test]
    public void The_defaults_are_those_documented()
    {
        var options = new Pan123EmulatorOptions();

        Assert.That(options.ClientId, Is.EqualTo("emulator-client-id"));
        Assert.That(options.ClientSecret, Is.EqualTo("emulator-client-secret"));
        Assert.That(options.AccessTokenLifetime, Is.EqualTo(TimeSpan.FromDays(30)));
        Assert.That(options.MaxActiveAccessTokens, Is.EqualTo(3));
        Assert.That(options.RequestsPerSecond, Is.Null);
        Assert.That(options.TimeProvider, Is.SameAs(TimeProvider.System));
    }

    [Test]
    public async Task The_credentials_and_the_limit_are_those_set()
    {
        var withDefaults = await SendAsync(TokenRequest(Credentials()));
        await SendAsync(TokenRequest(Credentials("id", "é\\\"密")));
        await SendAsync(TokenRequest(Credentials("id", "é\\\"密")));

        Assert.That(withDefaults.Code, Is.EqualTo(1));
        Assert.That(Pan.Tokens.IssuedCount, Is.EqualTo(2));
        Assert.That(Pan.Tokens.Active, Has.Count.EqualTo(1));
    }

    [Test]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.That(() => new Pan123EmulatorOptions { ClientId = "" }, Throws.ArgumentException);
        Assert.That(() => new Pan123EmulatorOptions { ClientSecret = " " }, Throws.ArgumentException);
        Assert.That(
            () => new Pan123EmulatorOptions { AccessTokenLifetime = TimeSpan.Zero }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new Pan123EmulatorOptions { AccessTokenLifetime = TimeSpan.MaxValue }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Pan123EmulatorOptions { MaxActiveAccessTokens = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Pan123EmulatorOptions { RequestsPerSecond = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Pan123EmulatorOptions { TimeProvider = null! }, Throws.ArgumentNullException);
    }
}
