using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

/// <content>What is said of profiles.</content>
public sealed partial class MessageTests
{
    private const string Right = $"{Pan123EmulatorOptions.DefaultClientId}\n{Pan123EmulatorOptions.DefaultClientSecret}";

    private static IEnumerable<Case> Profiles()
    {
        yield return LoggingIn("login, typed", "login", session =>
        {
            session.CanAsk = true;
            session.Messages.Input.PushTextWithEnter(Pan123EmulatorOptions.DefaultClientId);
            session.Messages.Input.PushTextWithEnter(Pan123EmulatorOptions.DefaultClientSecret);
        });
        yield return LoggingIn("login, piped", "login --profile bob");
        yield return LoggingIn("login, replaced", "login --profile alice");
        yield return LoggingIn("login, with credentials in the environment", "login", session => session.UseClientId());
        yield return LoggingIn("login, one line", "login", session => session.Input = "id");
        yield return LoggingIn("login, no terminal for the question", "login", session => session.IsInputTerminal = true);
        yield return LoggingIn("login, Ctrl+C", "login", session =>
        {
            session.CanAsk = true;
            session.Interruption.Interrupt();
        });
        yield return LoggingIn("login, wrong credentials", "login", session => session.Input = "id\nsecret");
        yield return new("login, nobody listens", async session =>
        {
            session.Environment.Clear();
            session.Environment["PAN123_BASE_ADDRESS"] = session.Emulator.BaseAddress.AbsoluteUri;
            await session.Emulator.StopAsync();
            session.Input = Right;
            await session.RunAsync("login");
        });
        yield return LoggingIn("login, cannot be written", "login --profile carol", session => Directory.CreateDirectory(Path.Combine(session.FolderOfProfiles, "carol.json")));
        yield return LoggingIn("logout", "logout --profile alice");
        yield return LoggingIn("logout, no default", "logout");
        yield return Of("logout, no profile", "logout");
        yield return Of("no profile", "profiles", session => session.Environment.Clear());
        yield return LoggingIn("profiles", "profiles", session => Write(session, "default"));
        yield return LoggingIn("profiles, with an access token in the environment", "profiles", session => session.Environment["PAN123_ACCESS_TOKEN"] = session.Emulator.AccessToken);
        yield return LoggingIn("profiles, one damaged", "profiles", session => session.Write(Path.Combine("config", "profiles", "alice.json"), ""));
        yield return LoggingIn("file that others can read", "profiles", session => Allow(Path.Combine(session.FolderOfProfiles, "alice.json"), UnixFileMode.OtherRead));
        yield return LoggingIn("folder in which others can write", "profiles", session => Allow(session.FolderOfProfiles, UnixFileMode.OtherWrite));
        yield return LoggingIn("unknown profile", "delete --yes --profile alcie 1");
        yield return LoggingIn("question", "delete --profile alice 1", session =>
        {
            session.CanAsk = true;
            session.Messages.Input.PushTextWithEnter("y");
        });
        yield return LoggingIn("report, JSON", "delete --yes --profile alice --json 1");
        yield return LoggingIn("journal of another profile", "delete --yes --profile bob --journal run.log 1", session => Write(session, "bob"), journal: true);

        static void Write(Session session, string name) => new ProfileFolder(session.FolderOfProfiles).Write(name, new Profile("other", "secret"));

        static void Allow(string path, UnixFileMode others)
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | others);
            }
        }
    }

    /// <summary>A run after a login as alice, with one file, and the credentials for another login on standard input.</summary>
    private static Case LoggingIn(string name, string arguments, Action<Session>? prepare = null, bool journal = false) => new(name, async session =>
    {
        session.Give(1);
        session.Input = Right;
        session.Environment.Remove("PAN123_ACCESS_TOKEN");
        await session.RunAsync("login --profile alice");
        if (journal)
        {
            arguments = arguments.Replace("run.log", session.Journal, StringComparison.Ordinal);
            await session.RunAsync(arguments.Replace("bob", "alice", StringComparison.Ordinal));
        }

        prepare?.Invoke(session);
        session.Forget();

        await session.RunAsync(arguments);
    });
}
