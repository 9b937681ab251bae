using System.Diagnostics;
using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <summary>The program as its user starts it: a process of its own.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProcessTests
{
    [Test]
    public async Task The_program_speaks_Chinese_in_a_Chinese_locale()
    {
        var (exitCode, output, error) = await Shell.RunAsync(
            $"{Shell.Program} token --help && {Shell.Program} delete --yes x", ("PAN123_LANGUAGE", ""), ("LANGUAGE", ""), ("LC_ALL", ""), ("LC_MESSAGES", ""), ("LANG", "zh_CN.UTF-8"));

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Usage));
            Assert.That(output, Does.StartWith("说明：\n").And.Contain("--forget        删除保存在本机的所有令牌。"));
            Assert.That(error, Is.EqualTo("“x”不是文件 ID，应为 1 到 9223372036854775807 之间的整数。\n未发送任何请求。\n"));
        });
    }

    [Test]
    public async Task It_deletes_from_the_emulator_also_where_a_proxy_is_set_that_nobody_answers()
    {
        var (exitCode, output, _) = await RunAsync("delete --emulator 14705301 14705306", ("http_proxy", "http://127.0.0.1:9"), ("ALL_PROXY", "http://127.0.0.1:9"));

        Assert.That((exitCode, output.Split(' ')[0]), Is.EqualTo((0, "2")), output);
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
            Assert.That(error, Does.Contain("--yes"));
        });
    }

    [Test]
    public async Task A_result_is_one_line_however_long_when_it_goes_to_a_file()
    {
        var (_, output, _) = await RunAsync("delete --yes 1 --base-address http://127.0.0.1:9", ("PAN123_ACCESS_TOKEN", "token"));

        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1).And.ItemAt(0).Length.GreaterThan(80));
    }

    [Test]
    public async Task Killed_in_the_middle_and_started_again_it_goes_on_and_reports_nothing_wrongly()
    {
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { AssumedStaleIdBehavior = StaleIdBehavior.DeleteTheOthers });
        emulator.Drive.AddToRecycleBin(Enumerable.Range(1, 250).Select(id => (long)id));
        emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"));
        emulator.Faults.Enqueue(Fault.StalledHeaders().AfterProcessing());
        var folder = Directory.CreateTempSubdirectory("pan123-");
        var arguments = $"delete --yes --json --concurrency 1 --journal \"{folder.FullName}/run.log\" {string.Join(' ', Enumerable.Range(1, 250))}";
        var environment = new[] { ("PAN123_ACCESS_TOKEN", emulator.AccessToken), ("PAN123_BASE_ADDRESS", emulator.BaseAddress.AbsoluteUri) };

        using (var first = Start(arguments, environment))
        {
            await emulator.WaitForRequestAsync(2);
            first.Kill();
            await first.WaitForExitAsync();
        }

        var (exitCode, output, error) = await RunAsync(arguments, environment);

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero, error);
            Assert.That(error.Split('\n'), Has.One.StartsWith("100 "), "Their outcome is unknown, and come first.");
            Assert.That(output.Split('\n'), Has.Exactly(3).StartsWith("{\"outcome\":\"deleted\""));
            Assert.That(emulator.Drive.Count(FileState.Deleted), Is.EqualTo(250));
            Assert.That(emulator.Requests.Select(request => request.BodyText).GroupBy(body => body).Select(same => same.Count()), Is.EquivalentTo([2, 2, 1]));
        });
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task Ctrl_C_is_taken_from_the_platform()
    {
        Assume.That(!OperatingSystem.IsWindows(), "There no process can press Ctrl+C for another.");
        Signals.AssumeHeeded("INT");
        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Drive.AddToRecycleBin(1);
        emulator.Faults.Enqueue(Fault.StalledHeaders());
        using var process = Start("delete --yes 1", ("PAN123_ACCESS_TOKEN", emulator.AccessToken), ("PAN123_BASE_ADDRESS", emulator.BaseAddress.AbsoluteUri));
        await emulator.WaitForRequestAsync();

        await PressCtrlCAsync(process);
        var notice = await process.StandardError.ReadLineAsync();
        await PressCtrlCAsync(process);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That(
            (notice?.Contains("Ctrl+C", StringComparison.Ordinal), process.ExitCode, output.Split(':')[0], output.Split('\n')[^2].Split(' ')[0]),
            Is.EqualTo((true, 3, nameof(DeleteOutcome.Unknown), "1")));
    }

    [Test]
    public async Task A_journal_that_can_no_longer_be_written_ends_the_run_and_no_outcome_is_lost()
    {
        Assume.That(OperatingSystem.IsLinux(), "Elsewhere there is no limit for the size of a process's files.");
        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Drive.AddToRecycleBin(Enumerable.Range(1, 5000).Select(id => (long)id));
        var folder = Directory.CreateTempSubdirectory("pan123-");
        var ids = Path.Combine(folder.FullName, "ids.txt");
        await File.WriteAllLinesAsync(ids, Enumerable.Range(1, 5000).Select(id => $"{id}"));

        // Eight KiB: the signal is ignored, so that the write that would exceed it fails.
        var start = new ProcessStartInfo(
            "bash",
            [
                "-c", "trap '' XFSZ; ulimit -f 8; exec dotnet \"$@\"", "bash", typeof(CommandLine).Assembly.Location,
                "delete", "--yes", "--json", "--concurrency", "1", "--requests-per-second", "1000", "--journal", $"{folder.FullName}/run.log", "--from", ids,
            ]);
        var (exitCode, output, error) = await RunAsync(start, ("PAN123_ACCESS_TOKEN", emulator.AccessToken), ("PAN123_BASE_ADDRESS", emulator.BaseAddress.AbsoluteUri), ("DOTNET_EnableWriteXorExecute", "0"));

        var deleted = output.Split('\n').Count(line => line.StartsWith("{\"outcome\":\"deleted\"", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(3), error);
            Assert.That(deleted, Is.GreaterThan(0).And.EqualTo(emulator.Requests.Count));
            Assert.That(output.Split('\n').Where(line => line.Contains("run.log", StringComparison.Ordinal)).ToList(), Has.Count.GreaterThan(0).And.All.StartsWith("{\"outcome\":\"notSent\""));
            Assert.That(error, Does.Contain("too large"), "The platform's own words.");
        });
        folder.Delete(recursive: true);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(string arguments, params (string Name, string Value)[] environment) =>
        RunAsync(new ProcessStartInfo("dotnet", $"\"{typeof(CommandLine).Assembly.Location}\" {arguments}"), environment);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(ProcessStartInfo start, params (string Name, string Value)[] environment)
    {
        using var process = Start(start, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static Process Start(string arguments, params (string Name, string Value)[] environment) =>
        Start(new ProcessStartInfo("dotnet", $"\"{typeof(CommandLine).Assembly.Location}\" {arguments}"), environment);

    private static Process Start(ProcessStartInfo start, (string Name, string Value)[] environment)
    {
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private static async Task PressCtrlCAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }
}
