using NUnit.Framework.Interfaces;

namespace Pan123.Judge;

/// <summary>For a test assembly: no test passes on a request that the specification forbids.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class JudgeRequestsAttribute : Attribute, ITestAction
{
    /// <inheritdoc />
    public ActionTargets Targets => ActionTargets.Test | ActionTargets.Suite;

    /// <inheritdoc />
    public void BeforeTest(ITest test) => RequestWatch.Begin();

    /// <inheritdoc />
    public void AfterTest(ITest test)
    {
        ArgumentNullException.ThrowIfNull(test);

        // After the last test also what none of them could be told.
        Assert.That(test.IsSuite ? RequestWatch.TakeAllProblems() : RequestWatch.TakeProblems(), Is.Empty, "The specification forbids what was sent.");
    }
}
