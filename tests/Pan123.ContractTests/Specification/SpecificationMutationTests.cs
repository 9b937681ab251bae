namespace Pan123.ContractTests;

/// <summary>Mutations of the specification: each is caught, and the check that fails names it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SpecificationMutationTests
{
    private static IEnumerable<SpecificationMutation> Mutations => Sample.Of(SpecificationMutation.All, interval: 9);

    [TestCaseSource(nameof(Mutations))]
    public async Task A_mutation_is_caught_and_named(SpecificationMutation mutation)
    {
        using var folder = new TemporaryFolder();
        var specification = mutation.Apply(Specification.CurrentText);
        var file = await folder.WriteAsync("pan123.openapi.yaml", specification);

        var (passes, report) = await Linter.LintAsync(file);
        var reports = new Dictionary<string, string>();
        if (!passes)
        {
            reports.Add(SpecificationMutation.Lint, report);
        }

        if (FindFactProblems(specification) is { Length: > 0 } problems)
        {
            reports.Add(SpecificationMutation.Facts, problems);
        }

        if (reports.Count == 0 && ApprovedFile.FindDifference(ApprovedTests.Client, await Generator.GenerateAsync(specification)) is { } difference)
        {
            reports.Add(SpecificationMutation.Client, difference);
        }

        Assert.Multiple(() =>
        {
            Assert.That(string.Join(", ", reports.Keys), Is.EqualTo(string.Join(", ", mutation.CaughtBy)), string.Join('\n', reports.Values));
            Assert.That(reports.Values, Has.Some.Contains(mutation.Named));
        });
    }

    [Test]
    public void The_table_of_mutations_is_as_approved()
    {
        var rows = SpecificationMutation.All.Select(mutation => $"| {mutation.What} | {string.Join(", ", mutation.CaughtBy)} |\n");

        ApprovedFile.Check("SpecificationMutations.approved.md", $"# Mutations of the specification, and what catches them\n\n| mutation | caught by |\n|---|---|\n{string.Concat(rows)}");
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
