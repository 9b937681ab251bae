using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pan123.Cli.Tests;

/// <summary>The strings in the source of the program, as the compiler reads them.</summary>
internal static class SourceTexts
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Lazy<IReadOnlyList<SemanticModel>> Models = new(Compile);

    /// <summary>The keys of the texts that are translated: each interpolated string that is used as a <see cref="FormattableString"/>.</summary>
    public static IReadOnlyList<(string Key, string Place)> FindKeys() =>
    [
        .. from model in Models.Value
           from text in model.SyntaxTree.GetRoot().DescendantNodes().OfType<InterpolatedStringExpressionSyntax>()
           where IsFormattable(model, text)
           select (FormatOf(text), PlaceOf(text)),
    ];

    /// <summary>The strings that are not translated.</summary>
    public static IReadOnlyList<(string Text, string Place)> FindOthers() =>
    [
        .. from model in Models.Value
           from text in model.SyntaxTree.GetRoot().DescendantNodes()
           where text is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression) || (text is InterpolatedStringExpressionSyntax && !IsFormattable(model, text))
           where text.FirstAncestorOrSelf<AttributeSyntax>() is null
           select (text is LiteralExpressionSyntax whole ? whole.Token.ValueText : FormatOf((InterpolatedStringExpressionSyntax)text), PlaceOf(text)),
    ];

    private static bool IsFormattable(SemanticModel model, SyntaxNode text) => model.GetTypeInfo(text).ConvertedType?.Name == nameof(FormattableString)
        // Which Spectre.Console formats itself.
        && text.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Expression is not MemberAccessExpressionSyntax { Name.Identifier.Text: "MarkupLineInterpolated" };

    private static string FormatOf(InterpolatedStringExpressionSyntax text)
    {
        var hole = 0;
        return string.Concat(text.Contents.Select(part => part switch
        {
            InterpolatedStringTextSyntax words => words.TextToken.ValueText,
            InterpolationSyntax value => $"{{{hole++}{value.AlignmentClause}{value.FormatClause}}}",
            _ => throw new NotSupportedException(part.ToString()),
        }));
    }

    private static string PlaceOf(SyntaxNode node) =>
        $"{Path.GetFileName(node.SyntaxTree.FilePath)}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    private static IReadOnlyList<SemanticModel> Compile()
    {
        var folder = Repository.PathOf("src/Pan123.Cli");
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var trees = files.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path)).ToList();
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is not ("pan123.dll" or "Pan123.Cli.Tests.dll"));
        var compilation = CSharpCompilation.Create(
            typeof(CommandLine).Assembly.GetName().Name,
            [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true));
        return [.. trees.Select(tree => compilation.GetSemanticModel(tree))];
    }
}
