using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pan123.ContractTests;

/// <summary>The programs on the pages. Those on a Chinese page are the same, see <see cref="LanguageTests"/>.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SnippetTests
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

    private static IEnumerable<string> Snippets => Page.All.Where(page => !page.Contains("zh-CN", StringComparison.Ordinal)).SelectMany(page => new Page(page).Snippets).Distinct();

    [Test]
    public void There_are_snippets() => Assert.That(Snippets, Has.Exactly(14).Items);

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

    // A snippet may show a function and not the call of it.
    private static bool IsUnusedFunction(Diagnostic diagnostic) => diagnostic.Id == "CS8321";
}
