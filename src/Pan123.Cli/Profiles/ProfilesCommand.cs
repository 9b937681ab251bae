using System.CommandLine;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary><c>pan123 profiles</c></summary>
internal sealed class ProfilesCommand : Command
{
    private readonly ProcessContext _context;

    public ProfilesCommand(ProcessContext context)
        : base("profiles", Texts.Of($"Lists the profiles with their client IDs, never with their secrets."))
    {
        _context = context;
        SetAction(_ => Run());
    }

    private int Run()
    {
        var (names, problems) = (_context.Profiles.ReadNames(), new List<string>());
        if (names.Count == 0)
        {
            _context.Terminal.Results.WriteLine(Texts.Of($"There are no profiles."));
        }

        foreach (var name in names)
        {
            try
            {
                var clientId = MessageSanitizer.ReplaceUnprintable(_context.Profiles.Read(name).ClientId);
                _context.Terminal.Results.WriteLine(name == ProfileFolder.DefaultName
                    ? Texts.Of($"{name}: {clientId}, used without --profile")
                    : $"{name}: {clientId}");
            }
            catch (UsageException problem)
            {
                // The other profiles are listed nevertheless.
                problems.Add(problem.Message);
            }
        }

        ClientSettings.ShowEnvironment(_context);
        return problems.Count == 0 ? ExitCode.Success : throw new UsageException(string.Join(Environment.NewLine, problems));
    }
}
