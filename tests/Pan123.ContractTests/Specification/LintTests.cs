namespace Pan123.ContractTests;

public sealed class LintTests
{
    [Test]
    public async Task The_specification_passes()
    {
        var (passes, report) = await Linter.LintAsync(Repository.PathOf(Specification.File));

        Assert.That(passes, report);
    }
}
