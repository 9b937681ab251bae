using System.Net;
using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <summary>The client secret of a profile, in runs that fail.</summary>
public sealed class ProfileSecretTests : ProfileFixture
{
    private const string Secret = "b7f-KEEP+to/yourself=";

    private static readonly string[] Files = [Secret, $"{{\"clientId\":\"a\",\"clientSecret\":\"{Secret}", $"{{\"clientId\":\"a\",\"clientSecret\":\"b\",\"{Secret}\":1}}", $"[\"{Secret}\"]"];

    private static readonly string[] Commands = ["delete --yes 1", "delete --yes --json --verbose 1", "profiles", "logout", "delete --yes 1 --profile defualt"];

    [Test]
    public async Task It_is_not_shown_by_a_login_that_fails([Values("wrong", "echo", "html", "unreachable", "unwritable", "environment")] string failure)
    {
        switch (failure)
        {
            case "echo":
                Emulator.Faults.Enqueue(Fault.BodyCode(1, $"unknown: {Secret}"), path: Pan123Emulator.AccessTokenPath);
                break;
            case "html":
                Emulator.Faults.Enqueue(Fault.Html(HttpStatusCode.BadGateway), path: Pan123Emulator.AccessTokenPath);
                break;
            case "unreachable":
                await Emulator.StopAsync();
                break;
            case "unwritable":
                Write("config", "a file where the folder should be");
                break;
            case "environment":
                SetVariables();
                break;
        }

        var exitCode = await LoginAsync(secret: Secret);

        Assert.That(exitCode, Is.Not.Zero);
        AssertNotShown();
    }

    [Test]
    public async Task It_is_not_shown_of_a_damaged_file([ValueSource(nameof(Files))] string text, [ValueSource(nameof(Commands))] string command)
    {
        Keep("default");
        await File.WriteAllTextAsync(PathOf("default"), text);

        Assert.That(await RunAsync(command), command == "logout" ? Is.Zero : Is.Not.Zero);
        AssertNotShown();
    }

    [Test]
    public async Task It_is_not_shown_where_it_is_wrong([ValueSource(nameof(Commands))] string command)
    {
        Keep("default", secret: Secret);
        Environment["PAN123_ACCESS_TOKEN"] = command.Contains("defualt", StringComparison.Ordinal) ? "token" : null;

        await RunAsync(command);

        AssertNotShown();
    }

    [Test]
    public async Task Lines_in_the_wrong_order_do_not_show_it_where_a_message_has_the_client_ID()
    {
        await LoginAsync(id: Secret, secret: RightId);

        AssertNotShown();
    }

    [Test]
    public void It_is_not_in_the_text_of_a_profile() => Assert.That($"{new Profile("id", Secret)}", Does.Not.Contain(Secret));

    private void AssertNotShown() => Assert.That(Results.Output + Messages.Output, Is.Not.Empty.And.Not.Contain(Secret));
}
