using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Pan123.Emulator;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

/// <summary>Runs the command line in this process, with consoles that the test reads.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class CommandLineFixture : IAsyncDisposable
{
    private readonly List<int> _exitCodes = [];

    protected internal TestConsole Results { get; } = new TestConsole().Width(short.MaxValue);

    protected internal TestConsole Messages { get; } = new TestConsole().Width(short.MaxValue).Interactive();

    /// <summary>Where both are the same screen; null where they are not.</summary>
    protected internal IAnsiConsole? Screen { get; set; }

    protected internal Dictionary<string, string?> Environment { get; } = [];

    protected internal Pan123Emulator Emulator { get; private set; } = null!;

    protected internal string Input { get; set; } = "";

    protected internal bool CanAsk { get; set; }

    /// <summary>Whether a person types at a terminal that shows no question.</summary>
    protected internal bool IsInputTerminal { get; set; }

    /// <summary>Standard output and error, where they may fail.</summary>
    internal IReadOnlyList<OutputStream> Streams { get; set; } = [];

    /// <summary>The value of PAN123_LANGUAGE, whatever else is in the environment; null for what is there.</summary>
    protected internal string? TextLanguage { get; set; }

    protected internal int? WindowsLanguage { get; set; }

    /// <summary>The exit codes of the runs so far.</summary>
    protected internal IReadOnlyList<int> ExitCodes => _exitCodes;

    internal Interruption Interruption { get; } = new();

    protected internal FakeTimeProvider Clock { get; set; } = new FlowingClock();

    protected internal int MaxRetries { get; set; }

    /// <summary>How the client's requests are sent; null for as always.</summary>
    protected internal Func<HttpMessageHandler>? Transport { get; set; }

    /// <summary>What the client waits for before it hears an answer.</summary>
    protected internal Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    /// <summary>Of this test alone; not there at first.</summary>
    protected internal string Folder { get; } = Path.Combine(Path.GetTempPath(), $"pan123-{Guid.NewGuid():N}");

    protected internal string TokenFolder => Path.Combine(Folder, "token");

    protected internal string FolderOfProfiles => Path.Combine(Folder, "config", "profiles");

    [SetUp]
    public Task StartAsync() => StartAsync(new Pan123EmulatorOptions());

    /// <summary>Has another service, in place of the one before.</summary>
    protected async Task StartAsync(Pan123EmulatorOptions options)
    {
        await (Emulator?.DisposeAsync() ?? ValueTask.CompletedTask);
        Emulator = await Pan123Emulator.StartAsync(options);
        Environment["PAN123_ACCESS_TOKEN"] = Emulator.AccessToken;
        Environment["PAN123_BASE_ADDRESS"] = Emulator.BaseAddress.AbsoluteUri;
    }

    [TearDown]
    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        Results.Dispose();
        Messages.Dispose();
        Interruption.Dispose();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    // What the client does about a fault, and how long it takes for it, its own tests show.
    private void Configure(IHttpClientBuilder builder)
    {
        builder.Services.Configure<Pan123ClientOptions>(options => (options.MaxRetries, options.RetryDelay) = (MaxRetries, TimeSpan.FromMilliseconds(1)));
        builder.AddHttpMessageHandler(() => new HeldAnswer(BeforeAnswer));
        if (Transport is { } transport)
        {
            builder.SendTo(transport());
        }
    }

    protected internal Task<int> RunAsync(string arguments) => RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    protected internal async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var terminal = new Terminal(Screen ?? Results, Screen ?? Messages)
        {
            Json = Results.Profile.Out.Writer,
            OpenInput = () => new StringReader(Input),
            Questions = CanAsk ? Screen ?? Messages : null,
            IsInputTerminal = CanAsk || IsInputTerminal,
            Streams = Streams,
        };
        var context = new ProcessContext(terminal, ReadVariable, new FileTokenCache(TokenFolder), new ProfileFolder(FolderOfProfiles), Interruption, Clock, WindowsLanguage, Configure);
        var exitCode = await new CommandLine(context).RunAsync(arguments);
        _exitCodes.Add(exitCode);
        return exitCode;
    }

    private string? ReadVariable(string name) => name == EnvironmentVariable.Language && TextLanguage is not null ? TextLanguage : Environment.GetValueOrDefault(name);

    /// <summary>Writes a file of this test.</summary>
    /// <returns>Its path.</returns>
    protected internal string Write(string name, string text, Encoding? encoding = null)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text, encoding ?? Encoding.UTF8);
        return path;
    }

    /// <summary>Does something once, between the first answer of the service and its arrival at the client.</summary>
    protected internal void AfterFirstAnswer(Action act)
    {
        var answers = 0;
        BeforeAnswer = () =>
        {
            if (Interlocked.Increment(ref answers) == 1)
            {
                act();
            }

            return Task.CompletedTask;
        };
    }

    private sealed class HeldAnswer(Func<Task> wait) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            await wait();
            return answer;
        }
    }
}
