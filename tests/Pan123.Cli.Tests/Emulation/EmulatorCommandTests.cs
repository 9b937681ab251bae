using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

/// <summary>The emulator as a server of its own. What is sent to it is a program's in any language, so not through the client.</summary>
public sealed partial class EmulatorCommandTests : CommandLineFixture
{
    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers { get; }

    [Test]
    public async Task It_serves_until_Ctrl_C_and_says_what_came()
    {
        var run = RunAsync("emulator --files 3");
        await DeleteAsync("1,2");

        Interruption.Interrupt();
        var exitCode = await run;

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(Results.Output, Does.Match(@"\Ahttp://127\.0\.0\.1:\d+/\n\z"));
            Assert.That(Messages.Lines[1], Is.EqualTo($"export PAN123_BASE_ADDRESS={Results.Lines[0]} PAN123_ACCESS_TOKEN={Pan123EmulatorOptions.DefaultAccessToken}"));
            Assert.That(Messages.Lines[^2], Does.Match(@"\A\d\d:\d\d:\d\d\.\d{3} POST /api/v1/file/delete"));
            Assert.That(Numbers.Matches(Messages.Lines[^1]).Select(number => number.Value), Is.EqualTo(["1", "2", "1"]), "Requests, files deleted, files left.");
        });
    }

    [TestCase("--fault http-503:1", "1", "ServiceUnavailable, OK")]
    [TestCase("--fault http-503:1 --fault http-500:1", "1", "ServiceUnavailable, InternalServerError")]
    [TestCase("--fault http-503-after-processing", "1", "ServiceUnavailable, ServiceUnavailable")]
    [TestCase("--fault http-503 --fault-probability 0", "1", "OK, OK")]
    [TestCase("--requests-per-second 1", "1", "OK, 429")]
    [TestCase("--fault code-401:1", "1", "401, OK")]
    [TestCase("--files 0", "1", "5066, 5066")]
    [TestCase("--assumed-stale-id-behavior DeleteTheOthers --files 0", "1", "OK, OK")]
    public async Task It_behaves_as_it_is_told(string options, string fileIds, string answers)
    {
        var run = RunAsync($"emulator {options}");

        var first = await DeleteAsync(fileIds);
        var second = await DeleteAsync(options.Contains("DeleteTheOthers", StringComparison.Ordinal) || options.Contains("--files 0", StringComparison.Ordinal) ? fileIds : "2");
        Interruption.Interrupt();
        await run;

        Assert.That($"{first}, {second}", Is.EqualTo(answers));
    }

    [Test]
    public async Task A_port_that_is_taken_is_named()
    {
        var exitCode = await RunAsync($"emulator --port {Emulator.BaseAddress.Port}");

        Assert.That((exitCode, Messages.Output.Contains(Emulator.BaseAddress.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)), Is.EqualTo((2, true)), Messages.Output);
    }

    private Task<string> DeleteAsync(string fileIds) => SendAsync(this, fileIds);

    /// <summary>Sends a request to the emulator that a command has started.</summary>
    /// <returns>What it answered, in a word.</returns>
    internal static async Task<string> SendAsync(CommandLineFixture run, string fileIds)
    {
        var output = await WaitForOutputAsync(run.Results);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{output.Split('\n')[0]}api/v1/file/delete")
        {
            Content = new StringContent($$"""{"fileIDs":[{{fileIds}}]}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
            Headers = { { "Authorization", $"Bearer {Pan123EmulatorOptions.DefaultAccessToken}" }, { "Platform", "open_platform" } },
        };
        using var response = await http.SendAsync(request);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return $"{response.StatusCode}";
        }

        var code = (await response.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("code").GetInt32();
        return code == 0 ? "OK" : code.ToString(CultureInfo.InvariantCulture);
    }

    /// <returns>What a command has written to a console, once it has this text and the command writes no more.</returns>
    internal static async Task<string> WaitForOutputAsync(TestConsole console, string text = "")
    {
        for (var before = ""; ;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
            try
            {
                var output = console.Output;
                if (output == before && output.EndsWith('\n') && output.Contains(text, StringComparison.Ordinal))
                {
                    return output;
                }

                before = output;
            }
            catch (ArgumentException)
            {
                // The console is no place for two threads, and the command is writing to it at this moment.
            }
        }
    }
}
