using System.Text.Json;
using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

/// <summary>Whose credentials a run uses. The emulator knows one client ID: with any other one, nothing is deleted.</summary>
public sealed class ChosenProfileTests : ProfileFixture
{
    private const int NotSent = 3;

    [TestCase("", 0)]
    [TestCase("--profile default", 0)]
    [TestCase("--profile alice", 0)]
    [TestCase("--profile bob", NotSent)]
    public async Task It_is_the_one_that_is_named_otherwise_the_default(string arguments, int expected)
    {
        Keep("default");
        Keep("alice");
        Keep("bob", "other");

        var exitCode = await RunAsync($"delete --yes 1 {arguments}");

        Assert.That((exitCode, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((expected, expected == 0 ? 1 : 0)), Messages.Output);
    }

    [Test]
    public async Task Without_default_and_environment_none_is_used_though_there_is_another()
    {
        Keep("alice");

        var exitCode = await RunAsync("delete --yes 1");

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Emulator.Requests.Count), Is.EqualTo((2, 0)));
            Assert.That(Messages.Output, Does.Contain("pan123 login").And.Contain("PAN123_CLIENT_ID"));
        });
    }

    [Test]
    public async Task The_environment_goes_before_the_default([Values] bool isToken)
    {
        Keep("default", "other");
        if (isToken)
        {
            Environment["PAN123_ACCESS_TOKEN"] = Emulator.AccessToken;
        }
        else
        {
            SetVariables();
        }

        var exitCode = await RunAsync("delete --yes 1");

        Assert.That((exitCode, Emulator.Drive.Count(FileState.Deleted), Results.Output.Contains("profile", StringComparison.Ordinal)), Is.EqualTo((0, 1, false)), Messages.Output);
    }

    [Test]
    public async Task Half_of_the_credentials_in_the_environment_is_not_completed_by_the_default([Values("PAN123_CLIENT_ID", "PAN123_CLIENT_SECRET")] string variable)
    {
        Keep("default");
        Environment[variable] = variable == "PAN123_CLIENT_ID" ? RightId : RightSecret;

        Assert.That((await RunAsync("delete --yes 1"), Emulator.Requests.Count), Is.EqualTo((2, 0)));
    }

    [TestCase("PAN123_ACCESS_TOKEN")]
    [TestCase("PAN123_CLIENT_ID")]
    [TestCase("PAN123_CLIENT_SECRET")]
    public async Task A_profile_and_the_environment_exclude_each_other(string variable)
    {
        Keep("alice");
        Environment[variable] = "value";

        var exitCode = await RunAsync("delete --yes 1 --profile alice");

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Emulator.Requests.Count), Is.EqualTo((2, 0)));
            Assert.That(Messages.Output, Does.Contain("'alice'").And.Contain(variable));
        });
    }

    [Test]
    public async Task The_address_may_be_in_the_environment_or_an_option()
    {
        Keep("alice");
        var address = Environment["PAN123_BASE_ADDRESS"];
        var byVariable = await RunAsync("delete --yes 1 --profile alice");
        Environment.Remove("PAN123_BASE_ADDRESS");

        Assert.That((byVariable, await RunAsync($"delete --yes 2 --profile alice --base-address {address}")), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task With_the_emulator_a_profile_cannot_be_named_and_the_default_is_not_used()
    {
        Keep("default", "other");

        var named = await RunAsync("delete --emulator 1 --profile default");
        var exitCode = await RunAsync("delete --emulator 1");

        Assert.That((named, exitCode, Results.Output.Contains("profile", StringComparison.Ordinal)), Is.EqualTo((2, 0, false)), Messages.Output);
    }

    [Test]
    public async Task An_unknown_one_is_named_with_those_that_there_are_and_the_nearest()
    {
        Keep("alice");
        Keep("bob");

        var exitCode = await RunAsync("delete --yes 1 --profile alcie");

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Emulator.Requests.Count), Is.EqualTo((2, 0)));
            Assert.That(Messages.Output, Does.Contain("'alcie'").And.Contain("alice, bob").And.Contain("Did you mean alice?"));
        });
    }

    [Test]
    public async Task An_unknown_one_is_rejected_in_a_dry_run_too() => Assert.That(await RunAsync("delete --dry-run 1 --profile alice"), Is.EqualTo(2));

    [TestCase("", "default")]
    [TestCase("--profile alice", "alice")]
    public async Task The_question_and_the_report_say_which_it_is(string arguments, string name)
    {
        Keep("default");
        Keep("alice");
        CanAsk = true;
        Messages.Input.PushTextWithEnter("y");

        await RunAsync($"delete 1 {arguments}");
        await RunAsync($"delete --yes --json 2 {arguments}");

        Assert.Multiple(() =>
        {
            Assert.That(Messages.Lines[0], Does.Contain($"with profile '{name}'"));
            Assert.That(Results.Lines[0], Does.Contain($"'{name}'"));
            Assert.That(JsonDocument.Parse(Results.Lines[^1]).RootElement.GetProperty("summary").GetProperty("profile").GetString(), Is.EqualTo(name));
        });
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"clientId":"a","clientSecret":"b""")]
    [TestCase("""{"clientId":"a"}""")]
    [TestCase("""{"clientId":"a","clientSecret":null}""")]
    [TestCase("""{"clientId":" ","clientSecret":"b"}""")]
    [TestCase("""{"clientId":"a","clientSecret":""}""")]
    [TestCase("""{"clientId":"a","clientSecret":"b","clientId":"c"}""")]
    [TestCase("""{"clientId":"a","clientSecret":"b","other":"c"}""")]
    [TestCase("{\"clientId\":\"a\",\"clientSecret\":\"\u00ff\"}")]
    public async Task A_damaged_file_is_named_and_nothing_sent(string text)
    {
        Keep("alice");
        // Not UTF-8, if there is a character beyond ASCII.
        await File.WriteAllTextAsync(PathOf("alice"), text, System.Text.Encoding.Latin1);

        var exitCode = await RunAsync("delete --yes 1 --profile alice");

        Assert.That((exitCode, Messages.Output.Contains(PathOf("alice"), StringComparison.Ordinal), Emulator.Requests.Count), Is.EqualTo((2, true, 0)), Messages.Output);
    }

    [Test]
    public async Task A_damaged_default_is_not_passed_over()
    {
        Keep("default");
        await File.WriteAllTextAsync(PathOf("default"), "{");

        Assert.That((await RunAsync("delete --yes 1"), Emulator.Requests.Count), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task A_file_that_cannot_be_read_is_named()
    {
        Keep("alice");
        File.Delete(PathOf("alice"));
        Directory.CreateDirectory(PathOf("alice"));

        var exitCode = await RunAsync("delete --yes 1 --profile alice");

        Assert.That((exitCode, Messages.Output.Contains(PathOf("alice"), StringComparison.Ordinal)), Is.EqualTo((2, true)), Messages.Output);
    }

    [Test]
    public async Task A_journal_is_not_continued_with_the_profile_of_another_account()
    {
        Keep("alice");
        Keep("bob", "other");
        var journal = Path.Combine(Folder, "run.log");
        await RunAsync($"delete --yes 9 --journal {journal} --profile alice");
        var requests = Emulator.Requests.Count;

        var rejected = await RunAsync($"delete --yes 9 --journal {journal} --profile bob");
        var sentByRejected = Emulator.Requests.Count - requests;
        Emulator.Drive.AddToRecycleBin(9);
        SetVariables();
        var continued = await RunAsync($"delete --yes 9 --journal {journal}");

        Assert.Multiple(() =>
        {
            Assert.That((rejected, sentByRejected, Messages.Output.Contains(journal, StringComparison.Ordinal)), Is.EqualTo((2, 0, true)));
            Assert.That((continued, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((0, 1)), "The environment has the client ID of the profile that began it.");
        });
    }
}
