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
            Assert.That(Results.Output, Does.Match(@"\A2 files deleted permanently\.\nTrace ID: \S*_emulator-1\n\z"));
            Assert.That(Messages.Output, Does.StartWith("Emulator at http://127.0.0.1:"));
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
            Assert.That(Messages.Output, Does.StartWith($"2 files at {Emulator.BaseAddress}: 1, 2\nDelete permanently? This cannot be undone. [y/n] (n):").And.EndsWith("Nothing was sent.\n"));
            Assert.That(Results.Output, Is.Empty);
            Assert.That(Emulator.Requests, Is.Empty);
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

        Assert.That((exitCode, Results.Lines[0]), Is.EqualTo((0, "1 file deleted permanently.")));
    }

    [Test]
    public async Task Where_nobody_can_be_asked_it_sends_nothing()
    {
        var exitCode = await RunAsync("delete 1");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, Is.EqualTo("Deletion is permanent, and there is no terminal to ask on: add --yes to delete without asking.\n"));
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
            Assert.That(Messages.Output, Does.StartWith("There are no credentials: set the environment variables PAN123_CLIENT_ID and PAN123_CLIENT_SECRET, or PAN123_ACCESS_TOKEN."));
        });
    }

    [TestCase("token", "id", "secret", "PAN123_ACCESS_TOKEN and PAN123_CLIENT_ID and PAN123_CLIENT_SECRET exclude each other")]
    [TestCase("token", "id", null, "PAN123_ACCESS_TOKEN and PAN123_CLIENT_ID and PAN123_CLIENT_SECRET exclude each other")]
    [TestCase(null, "id", null, "PAN123_CLIENT_ID and PAN123_CLIENT_SECRET go together")]
    [TestCase("", "", "secret", "PAN123_CLIENT_ID and PAN123_CLIENT_SECRET go together")]
    public async Task Credentials_that_do_not_go_together_are_refused_and_named(string? token, string? id, string? secret, string message)
    {
        (Environment["PAN123_ACCESS_TOKEN"], Environment["PAN123_CLIENT_ID"], Environment["PAN123_CLIENT_SECRET"]) = (token, id, secret);

        var exitCode = await RunAsync("delete --yes 1");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, Does.Contain(message));
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
            Assert.That(Messages.Output, Does.Match(@"\AA request failed, HTTP 503; it is repeated in 0\.0 s\. \n\z"));
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
            Assert.That(Results.Output, Does.StartWith("Rejected: The service refused: no [red]traffic[/] (code 5113, HTTP 200, trace ID "));
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
            Assert.That(Results.Output, Does.StartWith(json ? """{"outcome":"notSent","fileIds":[1],"message":"http://127.0.0.1:""" : $"1 file not sent: {Emulator.BaseAddress} could not be reached: "));
            Assert.That(Results.Output + Messages.Output, Does.Not.Contain("   at "));
        });
    }

    [Test]
    public async Task No_verdict_is_exit_code_3([Values] bool json)
    {
        Emulator.Faults.Enqueue(Fault.Html(HttpStatusCode.BadGateway));

        var exitCode = await RunAsync($"delete --yes 1 {(json ? "--json" : "")}");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(3));
            Assert.That(Results.Output, Does.StartWith(json ? """{"outcome":"unknown","fileIds":[1],"httpStatus":502,"message":"1 file may have been deleted""" : "Unknown: 1 file may have been deleted, or not. The answer (HTTP 502) is not the documented envelope: "));
        });
    }

    [Test]
    public async Task Ctrl_C_while_asking_sends_nothing()
    {
        CanAsk = true;
        Interruption.Interrupt();

        var exitCode = await RunAsync("delete 1");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, Does.EndWith("Cancelled: nothing was sent.\n"));
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
