using System.Globalization;
using System.Text.RegularExpressions;
using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

/// <content>What is said of what a user gives: the help, and what is wrong.</content>
public sealed partial class MessageTests
{
    private static IEnumerable<Case> Help() =>
    [
        Of("help", "--help"),
        Of("help of delete", "delete --help"),
        Of("help of emulator", "emulator --help"),
        Of("help of list", "list --help"),
        Of("help of trash", "trash --help"),
        Of("help of recover", "recover --help"),
        Of("help of empty", "empty --help"),
        Of("help of login", "login --help"),
        Of("help of logout", "logout --help"),
        Of("help of profiles", "profiles --help"),
        Of("help of token", "token --help"),
    ];

    [GeneratedRegex(@"(standard input, line 10: |标准输入，第 10 行：)[\s\S]+")]
    private static partial Regex FromTheTenthOn { get; }

    [GeneratedRegex(@"\A.+")]
    private static partial Regex FirstLine { get; }

    /// <summary>Each has its arguments as its name.</summary>
    private static IEnumerable<Case> WrongCommandLines() =>
    [
        Of("(no arguments), before the help", "") with { Part = FirstLine },
        .. UsageTests.CommandLines.Select(arguments => Of(Escape(arguments), arguments)),
        Of("delete --json --yes --frm 1", "delete --json --yes --frm 1"),
    ];

    private static IEnumerable<Case> Credentials()
    {
        yield return WithCredentials("no credentials", token: null, id: null, secret: null);
        yield return WithCredentials("access token, client ID and secret", "token", "id", "secret");
        yield return WithCredentials("no credentials, list", token: null, id: null, secret: null, "list");
        yield return WithCredentials("client ID alone", token: null, "id", secret: null);

        static Case WithCredentials(string name, string? token, string? id, string? secret, string arguments = "delete --yes 1") => Of(name, arguments, session =>
            (session.Environment["PAN123_ACCESS_TOKEN"], session.Environment["PAN123_CLIENT_ID"], session.Environment["PAN123_CLIENT_SECRET"]) = (token, id, secret));
    }

    private static IEnumerable<Case> Lists()
    {
        yield return new("file without a name", session => session.RunAsync(["delete", "--yes", "--from", ""]));
        yield return new("file that is not there", session =>
        {
            Directory.CreateDirectory(session.Folder);
            return session.RunAsync($"delete --yes --from {session.Folder}/ids.txt");
        });
        yield return new("folder as a file", session =>
        {
            Directory.CreateDirectory(session.Folder);
            return session.RunAsync($"delete --yes --from {session.Folder}");
        });
        yield return new("file with two bad lines", session => session.RunAsync($"delete --yes --from {session.Write("ids.txt", FileIdListTests.TwoBadLines)}"));
        var badLines = string.Concat(Enumerable.Repeat($"\e[2J{new string('x', 1000)}\n", 1234));
        yield return Of("many bad lines, each too long to show", "delete --yes --from -", session => session.Input = badLines) with { Part = FromTheTenthOn };
        yield return Of("line that is too long", "delete --yes --from -", session => session.Input = $"1\r\n2{new string(' ', 4096)}");
        yield return Of("line that is too long, of JSON", "delete --yes --from -", session => session.Input = $"[{new string('1', 4096)}");
        foreach (var line in FileIdListTests.OtherLines)
        {
            yield return Of($"line {Escape(line)}", "delete --yes --from -", session => session.Input = $"1\n{line}\n3");
        }
    }

    private static IEnumerable<Case> Plans()
    {
        yield return Of("nobody to ask", "delete 1");
        yield return Asked("no", "delete 1", session => session.Give(1), "n");
        yield return Asked("neither yes nor no", "delete --no-lookup 1 2", prepare: null, "maybe", "no");
        yield return new("Ctrl+C at the question", session =>
        {
            session.CanAsk = true;
            session.Interruption.Interrupt();
            return session.RunAsync("delete --no-lookup 1");
        });
        yield return Of("dry run", "delete --dry-run 1 2 1");
        yield return Of("dry run without credentials", "delete --dry-run 1", session => session.Environment.Clear());
        yield return Of("dry run, more IDs than are shown", "delete --dry-run --no-lookup --requests-per-second 1 --from -", session =>
            session.Input = string.Join('\n', Enumerable.Range(1, 12_345).Concat([7, 8])));
        yield return Of("dry run, JSON", "delete --dry-run --json 1");
        yield return Of("dry run without lookup", "delete --dry-run --no-lookup 1 2 1");
        yield return Of("files of all kinds", "delete --dry-run 1 2 3 4 5 6 9", AddFiles);
        yield return Of("files of all kinds, on 60 columns", "delete --dry-run 1 2 3 4 5 6 9", session =>
        {
            AddFiles(session);
            session.Results.Width(60);
        });
        yield return Of("no file in the recycle bin", "delete --dry-run 3 8 9", AddFiles);
        yield return Of("more files than are shown", "delete --dry-run --from -", session =>
        {
            session.Give(11);
            session.Input += "\n" + string.Join('\n', Enumerable.Range(101, 11));
        });
        yield return Of("more files than are shown, in full", "delete --dry-run --verbose --from -", session =>
        {
            session.Give(11);
            session.Input += "\n" + string.Join('\n', Enumerable.Range(101, 11));
        });
        yield return Of("more files than are looked up", "delete --dry-run --from -", session => session.Give(FileLookup.MaxFiles + 1));
        yield return Of("lookup that is rejected", "delete --dry-run 1 2", session => session.Emulator.Faults.Enqueue(Fault.BodyCode(5113, "no traffic")));
        yield return Of("lookup without valid response", "delete --dry-run 1 2", session => session.Emulator.Faults.Enqueue(Fault.EmptyBody()));
        yield return new("lookup at nobody", async session =>
        {
            await session.Emulator.StopAsync();
            await session.RunAsync("delete --dry-run 1 2");
        });
        yield return new("lookup that takes too long", async session =>
        {
            session.Emulator.Faults.Enqueue(Fault.StalledHeaders());
            var run = session.RunAsync("delete --dry-run 1 2");
            await session.Emulator.WaitForRequestAsync();
            session.Clock.Advance(FileLookup.MaxDuration);
            await run;
        });
        yield return new("Ctrl+C while files are looked up", async session =>
        {
            session.CanAsk = true;
            session.Emulator.Faults.Enqueue(Fault.StalledHeaders());
            var run = session.RunAsync("delete 1");
            await session.Emulator.WaitForRequestAsync();
            session.Interruption.Interrupt();
            await run;
        });
        yield return Asked("number of many files", "delete --no-lookup --from -", session => session.Give(1001), "y", "1000", "no");

        static void AddFiles(Session session) => session.Emulator.Drive.AddTree(FileLookupTests.Tree);

        static Case Asked(string name, string arguments, Action<Session>? prepare, params string[] typed) => Of(name, arguments, session =>
        {
            prepare?.Invoke(session);
            session.CanAsk = true;
            foreach (var line in typed)
            {
                session.Messages.Input.PushTextWithEnter(line);
            }
        });
    }

    private static IEnumerable<Case> Tokens()
    {
        yield return Of("no token", "token");
        yield return Kept("token, days left", TimeSpan.FromDays(2), "token");
        yield return Kept("token, hours left", TimeSpan.FromHours(1.5), "token");
        yield return Kept("token, minutes left", TimeSpan.FromMinutes(59), "token");
        yield return Kept("token, forgotten", TimeSpan.FromDays(1), "token --forget");

        static Case Kept(string name, TimeSpan left, string arguments) => new(name, async session =>
        {
            session.UseClientId();
            session.Give(1);
            await session.RunAsync("delete --yes 1");
            session.Clock.SetUtcNow(new FileTokenCache(session.TokenFolder).ReadEntries().Max(entry => entry.Expiry) - left);
            session.Forget();

            await session.RunAsync(arguments);
        });
    }

    private static IEnumerable<Case> Emulators()
    {
        yield return Until("emulator", "emulator --files 3", "1,2");
        yield return Until("emulator without files", "emulator --files 0", "1");
        yield return Until("emulator with documented limits", "emulator --documented-limits", "1");
        yield return Filled("emulator with IDs", "emulator --ids {ids}");
        yield return Filled("emulator with a tree", "emulator --tree {tree}");
        yield return Filled("emulator with a tree, IDs of it, and more", "emulator --files 2 --ids {ids} --tree {tree}");
        yield return new("emulator, file of IDs without a name", session => session.RunAsync(["emulator", "--ids", ""]));
        yield return new("emulator, tree without a name", session => session.RunAsync(["emulator", "--tree", ""]));
        yield return new("emulator, tree that is not there", session =>
        {
            Directory.CreateDirectory(session.Folder);
            return session.RunAsync($"emulator --tree {session.Folder}/tree.json");
        });
        yield return new("emulator, file with two bad lines", session => session.RunAsync($"emulator --ids {session.Write("ids.txt", FileIdListTests.TwoBadLines)}"));
        yield return new("emulator, file without IDs", session => session.RunAsync($"emulator --ids {session.Write("ids.txt", "# none")}"));
        foreach (var tree in EmulatorFilesTests.WrongTrees)
        {
            yield return new($"emulator, tree {Escape(tree)}", session => session.RunAsync($"emulator --tree {session.Write("tree.json", tree)}"));
        }

        yield return new("emulator, port is taken", session => session.RunAsync(string.Create(CultureInfo.InvariantCulture, $"emulator --port {session.Emulator.BaseAddress.Port}")));

        static Case Filled(string name, string arguments) => Until(name, arguments, "14705301", session =>
            arguments.Replace("{ids}", session.Write("ids.txt", "14705301\n14705306 # another"), StringComparison.Ordinal)
                .Replace("{tree}", session.Write("tree.json", EmulatorFilesTests.Tree), StringComparison.Ordinal));

        static Case Until(string name, string arguments, string fileIds, Func<Session, string>? prepare = null) => new(name, async session =>
        {
            var run = session.RunAsync(prepare?.Invoke(session) ?? arguments);
            await EmulatorCommandTests.SendAsync(session, fileIds);
            await EmulatorCommandTests.WaitForOutputAsync(session.Messages, $"{Pan123Emulator.DeleteFilesPath}{(session.TextLanguage is null ? ", " : "，")}");
            session.Interruption.Interrupt();
            await run;
        });
    }
}
