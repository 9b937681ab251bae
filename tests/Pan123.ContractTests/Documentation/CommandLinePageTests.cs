using System.Reflection;
using System.Text.Json;
using Pan123.Cli;
using Spectre.Console;

namespace Pan123.ContractTests;

/// <summary>The command line's page has its commands and options, its JSON and its exit codes. Whose credentials are used is in <c>ChosenProfileTests</c>.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CommandLinePageTests
{
    private static readonly Page CommandLine = new(Page.CommandLine);

    [Test]
    public async Task Every_command_is_in_the_table()
    {
        await using var help = new StringWriter();
        using var interruption = new Interruption();
        await new CommandLine(Context(help, interruption)).RunAsync(["--help"]);

        // "  delete <id>  Permanently …", below the last heading.
        var commands = help.ToString().Split('\n').SkipWhile(line => !line.StartsWith("Commands:", StringComparison.Ordinal)).Skip(1).Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ').Select(line => line.Trim().Split(' ')[0]);
        Assert.That(CommandLine.Table("| command |").Select(row => row.Split('`')[1]), Is.EqualTo(commands.Select(command => $"pan123 {command}")));
    }

    [Test]
    public void Every_option_of_delete_is_in_the_table()
    {
        using var interruption = new Interruption();
        var command = new DeleteCommand(Context(TextWriter.Null, interruption));

        // What is told in the text instead.
        var others = new[] { "--same-account" };
        Assert.That(
            CommandLine.NamesIn("| command-line option |").Where(name => name.StartsWith("--", StringComparison.Ordinal)),
            Is.EquivalentTo(command.Options.Select(option => option.Name).Except(others)));
    }

    [Test]
    public void Every_field_of_a_batch_in_JSON_is_in_the_table()
    {
        var fields = typeof(JsonDeleteReport).GetNestedType("Batch", BindingFlags.NonPublic)!.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

        Assert.That(CommandLine.NamesIn("| field |"), Is.EquivalentTo(fields));
    }

    [Test]
    public void Every_exit_code_is_in_the_table()
    {
        var codes = typeof(ExitCode).GetFields().Select(field => field.GetRawConstantValue()!.ToString());

        Assert.That(CommandLine.Table("| exit code |").Select(row => row.Split('|')[1].Trim()), Is.EqualTo(codes));
    }

    private static ProcessContext Context(TextWriter output, Interruption interruption)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        var terminal = new Terminal(console, console) { Json = TextWriter.Null, OpenInput = () => TextReader.Null };
        return new ProcessContext(terminal, _ => null, new FileTokenCache(""), new ProfileFolder("profiles"), interruption, TimeProvider.System);
    }
}
