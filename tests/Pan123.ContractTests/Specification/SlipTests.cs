namespace Pan123.ContractTests;

/// <summary>Small slips in the specification: none gets by, and what turns red leads to it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SlipTests
{
    private const string Variable = "PAN123_ALL_SLIPS";

    // All take a minute. That is for CI, and for who asks for it; any other run takes a sample.
    private static IEnumerable<Slip> Tried() =>
        Environment.GetEnvironmentVariable(Variable) == "1" || Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ? Slip.All : Slip.All.Where((_, index) => index % 9 == 0);

    [TestCaseSource(nameof(Tried))]
    public async Task A_slip_is_caught_and_named(Slip slip)
    {
        using var folder = new TemporaryFolder();
        var specification = slip.Apply(Specification.CurrentText);
        var file = await folder.WriteAsync("pan123.openapi.yaml", specification);

        var (passes, report) = await Linter.LintAsync(file);
        var reports = new Dictionary<string, string>();
        if (!passes)
        {
            reports.Add(Slip.Lint, report);
        }

        if (FindFactProblems(specification) is { Length: > 0 } problems)
        {
            reports.Add(Slip.Facts, problems);
        }

        if (reports.Count == 0 && ApprovedFile.FindDifference(ApprovedTests.Client, await Generator.GenerateAsync(specification)) is { } difference)
        {
            reports.Add(Slip.Client, difference);
        }

        Assert.Multiple(() =>
        {
            Assert.That(string.Join(", ", reports.Keys), Is.EqualTo(string.Join(", ", slip.CaughtBy)), string.Join('\n', reports.Values));
            Assert.That(reports.Values, Has.Some.Contains(slip.Named));
        });
    }

    [Test]
    public void The_table_of_slips_is_as_approved()
    {
        var rows = Slip.All.Select(slip => $"| {slip.What} | {string.Join(", ", slip.CaughtBy)} |\n");

        ApprovedFile.Check("Slips.approved.md", $"# Slips in the specification, and what catches them\n\n| slip | caught by |\n|---|---|\n{string.Concat(rows)}");
    }

    private static string FindFactProblems(string specification)
    {
        try
        {
            var read = Specification.Parse(specification);
            return string.Join('\n', DocumentedFacts.All.Select(fact => fact.FindProblem(read)).OfType<string>());
        }
        catch (YamlDotNet.Core.YamlException unreadable)
        {
            return unreadable.Message;
        }
    }
}
