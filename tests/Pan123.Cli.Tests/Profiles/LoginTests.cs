using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

public sealed class LoginTests : ProfileFixture
{
    [TestCase("", "default")]
    [TestCase("--profile alice", "alice")]
    public async Task It_keeps_what_is_typed_with_a_token_and_shows_no_secret(string arguments, string name)
    {
        CanAsk = true;
        Messages.Input.PushTextWithEnter(RightId);
        Messages.Input.PushTextWithEnter(RightSecret);

        var exitCode = await RunAsync($"login {arguments}");

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Profiles.Read(name)), Is.EqualTo((0, new Profile(RightId, RightSecret))), Messages.Output);
            Assert.That(Messages.Output, Does.Contain(RightId).And.Not.Contain(RightSecret));
            Assert.That(Results.Output, Does.Contain($"'{name}'").And.Not.Contain(RightSecret));
            Assert.That(Emulator.Tokens.IssuedCount, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task The_token_of_the_check_is_kept_for_the_runs_that_follow()
    {
        await LoginAsync();

        var exitCode = await RunAsync("delete --yes 1");

        Assert.That((exitCode, Emulator.Tokens.IssuedCount), Is.EqualTo((0, 1)), Messages.Output);
    }

    [TestCase($"{RightId}\n{RightSecret}")]
    [TestCase($" {RightId} \r\n{RightSecret}\r\n")]
    [TestCase($"{RightId}\n{RightSecret}\nmore\n")]
    public async Task From_a_pipe_it_reads_two_lines_without_asking(string input)
    {
        Input = input;

        var exitCode = await RunAsync("login");

        Assert.That((exitCode, Profiles.Read("default"), Messages.Output), Is.EqualTo((0, new Profile(RightId, RightSecret), "")));
    }

    [TestCase("")]
    [TestCase("id")]
    [TestCase("id\n")]
    [TestCase("id\n \n")]
    [TestCase("\nsecret\n")]
    public async Task Fewer_lines_are_wrong_input(string input)
    {
        Input = input;

        Assert.That((await RunAsync("login"), Profiles.ReadNames(), Emulator.Requests.Count), Is.EqualTo((2, Array.Empty<string>(), 0)));
    }

    [Test]
    public async Task Where_a_person_types_and_sees_no_question_it_reads_nothing_since_the_secret_would_be_shown()
    {
        IsInputTerminal = true;

        Assert.That((await LoginAsync(), Profiles.ReadNames(), Emulator.Requests.Count), Is.EqualTo((2, Array.Empty<string>(), 0)));
    }

    [Test]
    public async Task Wrong_credentials_are_said_and_not_kept_also_if_a_token_of_this_client_ID_is()
    {
        await LoginAsync("--profile alice");

        var exitCode = await LoginAsync("--profile bob", secret: "wrong-secret");

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Profiles.ReadNames()), Is.EqualTo((1, new[] { "alice" })));
            Assert.That(Messages.Output, Does.Contain("clientID or clientSecret is wrong"));
        });
    }

    [Test]
    public async Task A_service_that_cannot_be_reached_is_said_and_nothing_kept()
    {
        await Emulator.StopAsync();

        Assert.That((await LoginAsync(), Profiles.ReadNames()), Is.EqualTo((3, Array.Empty<string>())));
        Assert.That(Messages.Output, Does.Contain(Emulator.BaseAddress.AbsoluteUri));
    }

    [Test]
    public async Task A_failed_login_leaves_the_profile_and_its_token_as_they_were()
    {
        await LoginAsync();

        var exitCode = await LoginAsync(secret: "wrong-secret");
        await RunAsync("delete --yes 1");

        Assert.That((exitCode, Profiles.Read("default").ClientSecret, Emulator.Tokens.IssuedCount, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((1, RightSecret, 1, 1)));
    }

    [Test]
    public async Task A_profile_of_that_name_is_replaced_and_it_says_so()
    {
        Keep("default", "id", "secret");

        var exitCode = await LoginAsync();

        Assert.That((exitCode, Profiles.Read("default"), Results.Output), Is.EqualTo((0, new Profile(RightId, RightSecret), "The profile 'default' was replaced.\n")));
    }

    [Test]
    public async Task Ctrl_C_at_the_question_keeps_nothing()
    {
        CanAsk = true;
        Interruption.Interrupt();

        Assert.That((await RunAsync("login"), Profiles.ReadNames(), Emulator.Requests.Count), Is.EqualTo((2, Array.Empty<string>(), 0)));
    }

    [Test]
    public async Task Ctrl_C_at_the_request_keeps_nothing()
    {
        Emulator.Faults.Enqueue(Fault.StalledHeaders(), path: Pan123Emulator.AccessTokenPath);
        var login = LoginAsync();
        await Emulator.WaitForRequestAsync();

        Interruption.Interrupt();

        Assert.That((await login, Profiles.ReadNames()), Is.EqualTo((2, Array.Empty<string>())));
    }

    [Test]
    public async Task A_profile_that_cannot_be_written_is_said()
    {
        Write("config", "a file where the folder should be");

        var exitCode = await LoginAsync();

        Assert.That((exitCode, Messages.Output.Contains(PathOf("default"), StringComparison.Ordinal)), Is.EqualTo((2, true)), Messages.Output);
    }

    [Test]
    public async Task It_says_that_the_environment_goes_before_it()
    {
        SetVariables();

        Assert.That((await LoginAsync(), Messages.Output.Contains("PAN123_CLIENT_ID", StringComparison.Ordinal)), Is.EqualTo((0, true)));
    }

    [TestCase("a")]
    [TestCase("0_a.b-c")]
    [TestCase("console")]
    [TestCase("com")]
    [TestCase("_23456789_123456789_123456789_123456789_123456789_123456789_1234")]
    public async Task A_name_is_kept_as_it_is_given(string name) =>
        Assert.That((await LoginAsync($"--profile {name}"), Profiles.ReadNames()), Is.EqualTo((0, new[] { name })), Messages.Output);

    [TestCase("")]
    [TestCase("Alice")]
    [TestCase("alicé")]
    [TestCase(".alice")]
    [TestCase("../alice")]
    [TestCase("a/b")]
    [TestCase("a\\b")]
    [TestCase("a b")]
    [TestCase("a\n")]
    [TestCase("con")]
    [TestCase("lpt1.txt")]
    [TestCase("_23456789_123456789_123456789_123456789_123456789_123456789_12345")]
    public async Task Another_name_is_rejected(string name)
    {
        Input = $"{RightId}\n{RightSecret}\n";

        var exitCode = await RunAsync(["login", $"--profile={name}"]);

        Assert.That((exitCode, Directory.Exists(Folder), Emulator.Requests.Count), Is.EqualTo((2, false, 0)), Messages.Output);
    }
}
