using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Pan123.Cli;
using Pan123.Emulator;
using Spectre.Console;

namespace Pan123.ContractTests;

[Parallelizable(ParallelScope.All)]
public sealed partial class ReadmeTests
{
    // What a project with <ImplicitUsings> has.
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // What a project does not report either: that a package brings a later version of an assembly than the library was built with.
    private static readonly Dictionary<string, ReportDiagnostic> NotReported = new(StringComparer.Ordinal) { ["CS1701"] = ReportDiagnostic.Suppress };

    private static readonly Readme English = new("README.md");

    // That of the library in Chinese has the same, see ReadmeLanguagesTests.
    private static IEnumerable<string> Snippets => English.Snippets.Concat(new Readme("src/Pan123.Emulator/README.md").Snippets);

    [Test]
    public void There_are_snippets() => Assert.That(Snippets, Has.Exactly(12).Items);

    [TestCaseSource(nameof(Snippets))]
    public void Every_snippet_compiles_as_a_program_without_a_warning(string snippet)
    {
        var assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Snippet",
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(snippet)],
            assemblies.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, specificDiagnosticOptions: NotReported));

        var problems = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !IsUnusedFunction(diagnostic));

        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void Every_option_is_in_the_table()
    {
        var table = string.Join('\n', English.Table("| option |"));

        Assert.That(typeof(Pan123ClientOptions).GetProperties().Select(option => option.Name).Where(name => !table.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_option_of_the_command_line_is_in_its_table()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        using var interruption = new Interruption();
        var terminal = new Terminal(console, console) { Json = TextWriter.Null, OpenInput = () => TextReader.Null };
        var command = new DeleteCommand(new ProcessContext(terminal, _ => null, new FileTokenCache(""), new ProfileFolder("profiles"), interruption, TimeProvider.System));

        // What is told in the text instead.
        var others = new[] { "--same-account" };
        Assert.That(English.Table("| command-line option |").Select(row => OptionName().Match(row).Value), Is.EquivalentTo(command.Options.Select(option => option.Name).Except(others)));
    }

    [Test]
    public void Every_assumption_of_the_emulator_is_in_the_table_of_its_readme()
    {
        var table = string.Join('\n', new Readme("src/Pan123.Emulator/README.md").Table("| option or fault |"));
        var options = typeof(Pan123EmulatorOptions).GetProperties().Select(option => option.Name).Where(name => name.StartsWith("Assumed", StringComparison.Ordinal) || name.StartsWith("Sends", StringComparison.Ordinal));
        var faults = typeof(Fault).GetMethods().Select(fault => fault.Name).Where(name => name.StartsWith("Assumed", StringComparison.Ordinal)).Select(name => $"Fault.{name}");

        Assert.That(AssumptionName().Matches(table).Select(match => match.Groups[1].Value), Is.EquivalentTo(options.Concat(faults)));
    }

    [Test]
    public void The_table_of_error_codes_is_that_of_the_specification()
    {
        const string Codes = "/components/schemas/Pan123ErrorCode";
        var (codes, names, meanings) = (Specification.Current.Items($"{Codes}/enum"), Specification.Current.Items($"{Codes}/x-enumNames"), Specification.Current.Items($"{Codes}/x-enumDescriptions"));

        Assert.That(English.Table("| `code` |"), Is.EqualTo(codes.Select((code, i) => $"| {code} | `{names[i]}` | {meanings[i]} |")));
    }

    [Test]
    public void The_limit_is_that_of_the_specification()
    {
        var limits = Limit().Matches(English.Text).Select(match => match.Groups[1].Value);

        Assert.That(limits, Is.Not.Empty.And.All.EqualTo(Specification.Current.Value("/components/schemas/DeleteFilesRequest/properties/fileIDs/maxItems")));
    }

    // A snippet may show a function and not the call of it.
    private static bool IsUnusedFunction(Diagnostic diagnostic) => diagnostic.Id == "CS8321";

    [GeneratedRegex("(?:up to|more than|at most) ([0-9]+)(?: file IDs|,)")]
    private static partial Regex Limit();

    [GeneratedRegex("`([A-Za-z.]+)`")]
    private static partial Regex AssumptionName();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex OptionName();
}
