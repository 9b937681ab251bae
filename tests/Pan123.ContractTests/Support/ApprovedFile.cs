using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Pan123.ContractTests;

/// <summary>Compares what the build makes with a copy that a person has approved, so that every consequence of a change is in its diff.</summary>
internal static class ApprovedFile
{
    private const string Variable = "PAN123_ACCEPT";
    private const string DefaultFolder = "Approved";
    private const int ContextLines = 3;

    // The project that this is compiled in. What is tested with both builds of the library is approved once.
    private static string Project => $"tests/{typeof(ApprovedFile).Assembly.GetName().Name!.Replace(".NetStandard", "", StringComparison.Ordinal)}";

    public static void Check(string name, string actual, string folder = DefaultFolder)
    {
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, "CI approves nothing.");
            File.WriteAllText(PathOf(name, folder), actual);
            return;
        }

        var difference = FindDifference(name, actual, folder);
        Assert.That(difference, Is.Null, $"{name} is not as approved (- approved, + now):\n\n{difference}\nTo accept it: {Variable}=1 dotnet test {Project} --filter Name~approved, and commit what git diff shows.");
    }

    /// <summary>What is different from the approved file, with a sign before each line; null for nothing.</summary>
    public static string? FindDifference(string name, string actual, string folder = DefaultFolder)
    {
        var approved = File.Exists(PathOf(name, folder)) ? File.ReadAllText(PathOf(name, folder)) : "";
        return actual == approved ? null : Describe(approved, actual);
    }

    private static string PathOf(string name, string folder) => Repository.PathOf($"{Project}/{folder}/{name}");

    private static string Describe(string approved, string actual)
    {
        var lines = InlineDiffBuilder.Diff(approved, actual).Lines;
        var changed = lines.Select((line, index) => (line.Type, index)).Where(each => each.Type != ChangeType.Unchanged).Select(each => each.index).ToList();
        return string.Concat(lines
            .Where((_, index) => changed.Exists(other => Math.Abs(other - index) <= ContextLines))
            .Select(line => $"{Sign(line.Type)} {line.Text}\n"));
    }

    private static char Sign(ChangeType type) => type switch
    {
        ChangeType.Deleted => '-',
        ChangeType.Inserted => '+',
        _ => ' ',
    };
}
