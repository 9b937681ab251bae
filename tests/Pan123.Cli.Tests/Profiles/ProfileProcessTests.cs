using System.Diagnostics;
using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <summary>Logins of processes of their own, on a terminal and by the dozen.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
[Platform("Linux", Reason = "Elsewhere the folders cannot be moved by environment variables.")]
public sealed class ProfileProcessTests : IAsyncDisposable
{
    private const int Processes = 8;
    private const string IdQuestion = "Client ID:";
    private const string SecretQuestion = "Client secret";
    private const string Id = Pan123EmulatorOptions.DefaultClientId;
    private const string Secret = Pan123EmulatorOptions.DefaultClientSecret;

    // What the terminal is like afterwards, and with the exit code of the login.
    private const string Login = $"trap : INT; {Shell.Program} login; code=$?; stty -a; exit $code";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pan123-");
    private Pan123Emulator _emulator = null!;

    private string FolderOfProfiles => Path.Combine(_folder.FullName, "config", "pan123", "profiles");

    private (string, string)[] Variables =>
    [
        ("PAN123_BASE_ADDRESS", _emulator.BaseAddress.AbsoluteUri),
        ("XDG_CONFIG_HOME", Path.Combine(_folder.FullName, "config")),
        ("XDG_DATA_HOME", Path.Combine(_folder.FullName, "data")),
    ];

    [SetUp]
    public async Task StartEmulatorAsync() => _emulator = await Pan123Emulator.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [TestCase("xterm-256color")]
    [TestCase("dumb")]
    public async Task On_a_terminal_the_secret_is_typed_without_echo(string terminal)
    {
        var (exitCode, screen) = await Shell.RunOnTerminalAsync(Login, [(IdQuestion, $"{Id}\r"), (SecretQuestion, $"{Secret}\r")], [.. Variables, ("TERM", terminal)]);

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, new ProfileFolder(FolderOfProfiles).Read("default")), Is.EqualTo((0, new Profile(Id, Secret))), screen);
            Assert.That(screen, Does.Contain(Id).And.Not.Contain(Secret).And.Match(@"\becho\b").And.Not.Contain("-echo "), "The terminal has its echo again.");
        });
    }

    [Test]
    public async Task Both_pasted_at_the_first_question_do_not_show_the_secret_either([Range(1, 3)] int _)
    {
        var (exitCode, screen) = await Shell.RunOnTerminalAsync(Login, [(IdQuestion, $"{Id}\r{Secret}\r")], Variables);

        Assert.That((exitCode, screen.Contains(Secret, StringComparison.Ordinal)), Is.EqualTo((0, false)), screen);
    }

    [TestCase(IdQuestion, 0)]
    [TestCase(SecretQuestion, 1)]
    public async Task Ctrl_C_at_a_question_keeps_nothing_and_gives_the_terminal_its_echo_again(string question, int answered)
    {
        Signals.AssumeHeeded("INT");
        (string, string)[] dialog = [.. new[] { (IdQuestion, $"{Id}\r") }.Take(answered), (question, "half\u0003")];

        var (exitCode, screen) = await Shell.RunOnTerminalAsync(Login, dialog, Variables);

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Directory.Exists(FolderOfProfiles), _emulator.Requests.Count), Is.EqualTo((2, false, 0)), screen);
            Assert.That(screen, Does.Match(@"\becho\b").And.Not.Contain("-echo "));
        });
    }

    [Test]
    public async Task With_output_and_errors_redirected_nothing_is_read_from_the_terminal()
    {
        var (exitCode, screen) = await Shell.RunOnTerminalAsync($"{Shell.Program} login > /dev/null 2>&1", question: "", typed: "", Variables);

        Assert.That((exitCode, Directory.Exists(FolderOfProfiles)), Is.EqualTo((2, false)), screen);
    }

    [Test]
    public async Task Where_input_is_a_pipe_a_terminal_for_output_changes_nothing()
    {
        var (exitCode, screen) = await Shell.RunOnTerminalAsync($"printf '%s\\n' \"$ID\" \"$SECRET\" | {Shell.Program} login", question: "", typed: "", [.. Variables, ("ID", Id), ("SECRET", Secret)]);

        Assert.That((exitCode, screen.Contains(IdQuestion, StringComparison.Ordinal), screen.Contains(Secret, StringComparison.Ordinal)), Is.EqualTo((0, false, false)), screen);
    }

    [Test]
    public async Task Logins_at_the_same_time_lose_nothing([Values] bool haveSameName)
    {
        var names = Enumerable.Range(1, Processes).Select(number => haveSameName ? "same" : $"profile{number}").ToList();

        var results = await Task.WhenAll(names.Select(async name =>
        {
            using var process = Shell.Start(["dotnet", typeof(CommandLine).Assembly.Location, "login", "--profile", name], Variables);
            await process.StandardInput.WriteAsync($"{Id}\n{Secret}\n");
            process.StandardInput.Close();
            return await Shell.WaitAsync(process);
        }));

        var profiles = new ProfileFolder(FolderOfProfiles);
        Assert.Multiple(() =>
        {
            Assert.That(results.Select(result => result.ExitCode), Is.All.Zero, string.Concat(results.Select(result => result.Error)));
            Assert.That(profiles.ReadNames(), Is.EqualTo(names.Distinct()));
            Assert.That(profiles.ReadNames().Select(profiles.Read), Is.All.EqualTo(new Profile(Id, Secret)));
            Assert.That(Directory.GetFiles(FolderOfProfiles), Has.Length.EqualTo(names.Distinct().Count()), "No draft is left.");
        });
    }
}
