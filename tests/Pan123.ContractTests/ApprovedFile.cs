using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Pan123.ContractTests;

/// <summary>Compares what the build makes with a copy that a person has approved, so that every consequence of a change is in its diff.</summary>
internal static class ApprovedFile
{
    private const string Variable = "PAN123_ACCEPT";
    private const int ContextLines = 3;

    public static void Check(string name, string actual)
    {
        var path = Repository.PathOf($"tests/Pan123.ContractTests/Approved/{name}");
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, "CI approves nothing.");
            File.WriteAllText(path, actual);
            return;
        }

        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.That(actual == approved, $"{name} is not as approved (- approved, + now):\n\n{Describe(approved, actual)}\nTo accept it: {Variable}=1 dotnet test tests/Pan123.ContractTests --filter Name~approved, and commit what git diff shows.");
    }

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
