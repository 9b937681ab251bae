using System.Net;
using System.Text.Json;
using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

public sealed class DeleteCommandTests : CommandLineFixture
{
    [Test]
    public async Task With_the_emulator_it_deletes_without_account_and_consent_and_shows_the_trace_ID()
    {
        Environment.Clear();

        var exitCode = await RunAsync("delete --emulator 14705301 14705306");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(Results.Output, Does.Match(@"\A2 [^\n]*\n[^\n]*_emulator-2\n\z"));
            Assert.That(Messages.Output, Does.Contain("http://127.0.0.1:").And.Match(@"14705301 +file-14705301\.bin +301\.0 KiB\n +14705306 +file-14705306\.bin +306\.0 KiB\n.*607\.0 KiB"));
        });
    }

    [Test]
    public async Task With_json_it_writes_one_object_a_line()
    {
        Emulator.Drive.AddToRecycleBin(1, 2);

        var exitCode = await RunAsync("delete --yes --json 1 2");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(Results.Lines, Has.Count.EqualTo(2));
            Assert.That(Json("outcome"), Is.EqualTo("deleted"));
            Assert.That(Json("fileIds"), Is.EqualTo("[1,2]"));
            Assert.That(Json("traceId"), Does.EndWith("_emulator-1"));
            Assert.That(Results.Lines[1], Is.EqualTo("""{"summary":{"deleted":2,"earlier":0,"rejected":0,"unknown":0,"notSent":0,"exitCode":0,"elapsedSeconds":0}}"""));
        });
    }

    [Test]
    public async Task Consent_is_asked_for_and_what_is_not_yes_is_no([Values("", "n", "No")] string answer)
    {
        Emulator.Drive.AddToRecycleBin(1, 2);
        CanAsk = true;
        Messages.Input.PushTextWithEnter(answer);

        var exitCode = await RunAsync("delete 1 2");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, Does.Contain(Emulator.BaseAddress.AbsoluteUri).And.Contain("file-1.bin").And.Contain("file-2.bin").And.Contain("[y/n] (n):"));
            Assert.That(Results.Output, Is.Empty);
            Assert.That(Emulator.Requests.Count(request => !FileLookupTests.IsLookup(request)), Is.Zero);
        });
    }

    [TestCase("y")]
    [TestCase("yes")]
    [TestCase("Yes ")]
    public async Task With_consent_it_deletes(string consent)
    {
        Emulator.Drive.AddToRecycleBin(1);
        CanAsk = true;
        Messages.Input.PushTextWithEnter(consent);

        var exitCode = await RunAsync("delete 1");

        Assert.That((exitCode, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task Where_nobody_can_be_asked_it_sends_nothing()
    {
        var exitCode = await RunAsync("delete 1");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, Does.Contain("--yes"));
            Assert.That(Emulator.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task Without_a_token_it_says_where_to_put_it([Values(null, "")] string? token)
    {
        Environment["PAN123_ACCESS_TOKEN"] = token;

        var exitCode = await RunAsync("delete --yes 1");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, Does.Contain("PAN123_CLIENT_ID").And.Contain("PAN123_CLIENT_SECRET").And.Contain("PAN123_ACCESS_TOKEN").And.Contain("--emulator"));
        });
    }

    [TestCase("token", "id", "secret", true)]
    [TestCase("token", "id", null, true)]
    [TestCase(null, "id", null, false)]
    [TestCase("", "", "secret", false)]
    public async Task Credentials_that_do_not_go_together_are_rejected_and_named(string? token, string? id, string? secret, bool withToken)
    {
        (Environment["PAN123_ACCESS_TOKEN"], Environment["PAN123_CLIENT_ID"], Environment["PAN123_CLIENT_SECRET"]) = (token, id, secret);

        var exitCode = await RunAsync("delete --yes 1");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, Does.Contain("PAN123_CLIENT_ID").And.Contain("PAN123_CLIENT_SECRET"));
            Assert.That(Messages.Output.Contains("PAN123_ACCESS_TOKEN", StringComparison.Ordinal), Is.EqualTo(withToken), Messages.Output);
            Assert.That(Emulator.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task A_request_that_is_repeated_is_said_on_standard_error()
    {
        MaxRetries = 1;
        Emulator.Drive.AddToRecycleBin(1);
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.ServiceUnavailable));

        var exitCode = await RunAsync("delete --yes 1");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(Messages.Output, Does.Match(@"\A[^\n]*\b503\b[^\n]*\n\z"));
        });
    }

    [Test]
    public async Task A_rejection_is_exit_code_1_with_the_services_words()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(5113, "no [red]traffic[/]"));

        var exitCode = await RunAsync("delete --yes 1");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(Results.Output, Does.Contain("no [red]traffic[/]").And.Contain("5113").And.Contain("_emulator-1"));
        });
    }

    [Test]
    public async Task A_rejection_in_json_has_its_code()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(5113, "no traffic"));

        await RunAsync("delete --yes --json 1");

        Assert.That(
            (Json("outcome"), Json("httpStatus"), Json("code"), Json("message"), Json("traceId").Length > 0),
            Is.EqualTo(("rejected", "200", "5113", "no traffic", true)));
    }

    [Test]
    public async Task Nobody_listening_is_exit_code_3_and_says_that_nothing_was_sent([Values] bool json)
    {
        await Emulator.DisposeAsync();

        var exitCode = await RunAsync($"delete --yes 1 {(json ? "--json" : "")}");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(3));
            Assert.That(Results.Output, Does.StartWith(json ? """{"outcome":"notSent","fileIds":[1],"message":"http://127.0.0.1:""" : "1 ").And.Contain(Emulator.BaseAddress.AbsoluteUri));
            Assert.That(Results.Output + Messages.Output, Does.Not.Contain("   at "));
        });
    }

    [Test]
    public async Task An_unknown_outcome_is_exit_code_3([Values] bool json)
    {
        Emulator.Faults.Enqueue(Fault.Html(HttpStatusCode.BadGateway));

        var exitCode = await RunAsync($"delete --yes 1 {(json ? "--json" : "")}");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(3));
            Assert.That(Results.Output, Does.StartWith(json ? """{"outcome":"unknown","fileIds":[1],"httpStatus":502,"message":""" : nameof(DeleteOutcome.Unknown)).And.Contain("502"));
        });
    }

    [Test]
    public async Task Ctrl_C_while_asking_sends_nothing()
    {
        CanAsk = true;
        Interruption.Interrupt();

        var exitCode = await RunAsync("delete --no-lookup 1");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, Is.Not.Empty);
            Assert.That(Results.Output, Is.Empty);
            Assert.That(Emulator.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task The_base_address_of_the_arguments_comes_before_that_of_the_environment()
    {
        Environment["PAN123_BASE_ADDRESS"] = "https://nowhere.invalid";
        Emulator.Drive.AddToRecycleBin(1);

        var exitCode = await RunAsync($"delete --yes --base-address {Emulator.BaseAddress} 1");

        Assert.That(exitCode, Is.Zero);
    }

    [TestCase("--help", "delete <id>")]
    [TestCase("delete --help", "--base-address <uri>")]
    [TestCase("--version", ".")]
    public async Task Help_and_version_are_results(string arguments, string part)
    {
        var exitCode = await RunAsync(arguments);

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(Results.Output, Does.Contain(part));
            Assert.That(Messages.Output, Is.Empty);
        });
    }

    private string Json(string property) => JsonDocument.Parse(Results.Lines[0]).RootElement.GetProperty(property).ToString();
}
