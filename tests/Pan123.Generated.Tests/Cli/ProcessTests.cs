using System.Diagnostics;
using Pan123.Cli;
using Pan123.Emulator;

namespace Pan123.Tests.CommandLineTool;

/// <summary>The program as its user starts it: a process of its own.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProcessTests
{
    [Test]
    public async Task It_deletes_from_the_emulator_also_where_a_proxy_is_set_that_nobody_answers()
    {
        var (exitCode, output, _) = await RunAsync("delete --emulator 14705301 14705306", ("http_proxy", "http://127.0.0.1:9"), ("ALL_PROXY", "http://127.0.0.1:9"));

        Assert.That((exitCode, output.Split('\n')[0].TrimEnd()), Is.EqualTo((0, "2 files deleted permanently.")));
    }

    [Test]
    public async Task It_keeps_its_token_where_the_platform_has_the_data_of_a_users_programs()
    {
        Assume.That(OperatingSystem.IsLinux(), "Elsewhere the place cannot be moved by an environment variable.");
        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Drive.AddToRecycleBin(1);
        var folder = Directory.CreateTempSubdirectory("pan123-");

        var (exitCode, _, error) = await RunAsync(
            $"delete --yes 1 --base-address {emulator.BaseAddress}",
            ("PAN123_CLIENT_ID", Pan123EmulatorOptions.DefaultClientId),
            ("PAN123_CLIENT_SECRET", Pan123EmulatorOptions.DefaultClientSecret),
            ("XDG_DATA_HOME", folder.FullName));

        Assert.That((exitCode, folder.GetDirectories("pan123").Single().GetFiles().Length), Is.EqualTo((0, 1)), error);
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task Without_a_terminal_it_does_not_ask()
    {
        var (exitCode, output, error) = await RunAsync("delete 1", ("PAN123_ACCESS_TOKEN", "token"));

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, output), Is.EqualTo((2, "")));
            Assert.That(error, Does.Contain("nobody can be asked"));
        });
    }

    [Test]
    public async Task A_result_is_one_line_however_long_when_it_goes_to_a_file()
    {
        var (_, output, _) = await RunAsync("delete --yes 1 --base-address http://127.0.0.1:9", ("PAN123_ACCESS_TOKEN", "token"));

        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1).And.ItemAt(0).Length.GreaterThan(80));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", $"\"{typeof(CommandLine).Assembly.Location}\" {arguments}")
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
