namespace Pan123.Emulator.Tests;

public sealed class OptionsTests : EmulatorFixture
{
    protected override Pan123EmulatorOptions Options => new() { AccessToken = "mine", MaxFileIdsPerRequest = 2 };

    [Test]
    public void The_defaults_are_those_documented()
    {
        var options = new Pan123EmulatorOptions();

        Assert.That(options.Port, Is.Zero);
        Assert.That(options.AccessToken, Is.EqualTo("emulator-access-token"));
        Assert.That(options.MaxFileIdsPerRequest, Is.EqualTo(100));
        Assert.That(options.AssumedStaleIdBehavior, Is.EqualTo(StaleIdBehavior.RejectRequest));
        Assert.That(options.AssumedStaleTrashBehavior, Is.EqualTo(StaleMoveBehavior.RejectRequest));
        Assert.That(options.AssumedStaleRecoverBehavior, Is.EqualTo(StaleMoveBehavior.RejectRequest));
        Assert.That(options.AssumedDateFormat, Is.EqualTo(FileDateFormat.WithoutOffset));
        Assert.That(options.AssumedEffectDelay, Is.EqualTo(TimeSpan.Zero));
        Assert.That(options.AssumedMaxFileIdsPerLookup, Is.EqualTo(100));
        Assert.That(options.RequestsPerSecondByPath, Is.Empty);
    }

    [Test]
    public async Task The_access_token_is_the_one_set()
    {
        Pan.Drive.AddToRecycleBin(1);

        var withMine = await SendAsync(DeleteRequest(Body(1), "mine"));
        var withDefault = await SendAsync(DeleteRequest(Body(1)));

        Assert.That(Pan.AccessToken, Is.EqualTo("mine"));
        Assert.That(withMine.Code, Is.Zero);
        Assert.That(withDefault.Code, Is.EqualTo(401));
    }

    [Test]
    public async Task The_limit_is_the_one_set()
    {
        Pan.Drive.AddToRecycleBin(1, 2, 3, 4, 5);

        var two = await SendAsync(DeleteRequest(Body(1, 2), "mine"));
        var three = await SendAsync(DeleteRequest(Body(3, 4, 5), "mine"));

        Assert.That(two.Code, Is.Zero);
        Assert.That(three.Message, Is.EqualTo("fileIDs must hold at most 2 IDs, not 3"));
    }

    [Test]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.That(() => new Pan123EmulatorOptions { Port = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Pan123EmulatorOptions { Port = 65536 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Pan123EmulatorOptions { AccessToken = " " }, Throws.ArgumentException);
        Assert.That(() => new Pan123EmulatorOptions { MaxFileIdsPerRequest = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new Pan123EmulatorOptions { AssumedStaleIdBehavior = (StaleIdBehavior)9 },
            Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new Pan123EmulatorOptions { AssumedStaleTrashBehavior = (StaleMoveBehavior)9 },
            Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new Pan123EmulatorOptions { AssumedStaleRecoverBehavior = (StaleMoveBehavior)9 },
            Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Pan123EmulatorOptions { AssumedDateFormat = (FileDateFormat)9 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new Pan123EmulatorOptions { AssumedEffectDelay = TimeSpan.FromTicks(-1) }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Pan123EmulatorOptions { AssumedMaxFileIdsPerLookup = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
