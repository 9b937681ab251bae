namespace Pan123.ContractTests;

/// <summary>
/// A clone may lie in any folder in which an ordinary project with a package builds, and nothing of the folder's name is executed. The
/// other tests of a build have all these names in one.
/// </summary>
/// <remarks>
/// These are not here, because an ordinary project does not build there either: <c>*</c>, <c>?</c> and <c>%</c> before two hexadecimal
/// digits, by which MSBuild reads another path; <c>@(x)</c>, which it reads as a list of items; <c>"</c> and <c>\</c>, with which it finds
/// no project; <c>|</c>, with which the compiler finds no <c>.editorconfig</c>.
/// </remarks>
[Parallelizable(ParallelScope.All)]
public sealed class FolderNameTests
{
    private const string Executed = RepositoryCopy.Executed;

    private static readonly string[] Names =
    [
        "a plain one, with blanks",
        $"$(touch {Executed})",
        $"`touch {Executed}`",
        $"a;touch {Executed};b",
        $"'; touch {Executed}; '",
        $"a & touch {Executed} & b",
        $"a & copy nul {Executed} & b",
        "$HOME",
        "%PATH%",
        "$(MSBuildProjectName)",
        "%(Filename)",
        "a#b",
        "a'b",
        "a,b=c",
        "a(b)[c]{d}",
        "a@b!c^d~e+f",
        "中文",
        "-a",
    ];

    // Beside the folder of GenerationTests, which has all of it in its name.
    private static IEnumerable<string> Tried => Sample.Of(Names, interval: 6);

    [TestCaseSource(nameof(Tried))]
    public async Task The_client_is_generated_and_nothing_is_executed(string name)
    {
        using var copy = new RepositoryCopy(name);
        copy.CopyRestore();

        var result = await copy.GenerateAsync();

        Assert.Multiple(() =>
        {
            Assert.That((result.Succeeded, result.Generations), Is.EqualTo((true, 1)), result.Output);
            Assert.That(copy.FindExecuted(), Is.Empty);
            Assert.That(ApprovedFile.FindDifference(ApprovedTests.Client, File.ReadAllText(copy.GeneratedFiles()[0])), Is.Null);
        });
    }

    [Platform(Exclude = "Win", Reason = "A symbolic link needs a privilege there.")]
    [TestCase($"$(touch {Executed})")]
    [TestCase($"`touch {Executed}`")]
    [TestCase($"a;touch {Executed};'b")]
    [TestCase("a b,c#d&e%f 中文")]
    public async Task Nor_of_the_names_of_the_folders_of_NSwag_and_dotnet(string name)
    {
        using var copy = new RepositoryCopy("copy");
        copy.CopyRestore();
        using var folder = new TemporaryFolder();
        var tools = folder.PathOf(name);
        Directory.CreateDirectory(tools);
        Directory.CreateSymbolicLink(Path.Combine(tools, "NSwag"), Path.GetDirectoryName(Generator.Tool)!);
        File.CreateSymbolicLink(Path.Combine(tools, "dotnet"), Environment.ProcessPath!);

        var result = await copy.GenerateAsync(
            $"-p:NSwagTool={Escape(Path.Combine(tools, "NSwag/dotnet-nswag.dll"))}", $"-p:DOTNET_HOST_PATH={Escape(Path.Combine(tools, "dotnet"))}");

        Assert.Multiple(() =>
        {
            Assert.That((result.Succeeded, result.Generations), Is.EqualTo((true, 1)), result.Output);
            Assert.That(copy.FindExecuted(), Is.Empty);
        });
    }

    // As MSBuild wants a property's value on its command line.
    private static string Escape(string value) => string.Concat(value.Select(character => "%$@();,'*?".Contains(character, StringComparison.Ordinal) ? $"%{(int)character:X2}" : $"{character}"));
}
