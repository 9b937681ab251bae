using Pan123.Emulator;

namespace Pan123.Tests.Applications;

/// <summary>Whatever an application does to its client: a call never reports what did not happen, and nothing leaks.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ApplicationsTests
{
    private static readonly long[] Files = [1, 2, 3];

    private static IEnumerable<string> Applications => Application.All.Select(application => application.Name);

    private static IEnumerable<string> Faults => NetStandard.Sample(ApplicationFault.All.Select(fault => fault.Name));

    [Test, Combinatorial]
    public async Task No_application_makes_a_call_report_what_did_not_happen(
        [ValueSource(nameof(Applications))] string applicationName, [ValueSource(nameof(Faults))] string faultName)
    {
        var application = Application.All.Single(each => each.Name == applicationName);
        var fault = ApplicationFault.All.Single(each => each.Name == faultName);

        await using var scene = await Scene.PlayAsync(application, fault);

        if (application.ForgesRequests)
        {
            // These are the application's, and the specification is none of its business.
            RequestWatch.TakeProblems();
        }

        Assert.Multiple(() =>
        {
            Assert.That(
                scene.Outcome, Is.Not.EqualTo(Outcome.Unsaid), $"What a call ends in says what became of the files, and this does not: {scene.Failure}");

            if (scene.Outcome == Outcome.Deleted)
            {
                Assert.That(scene.Deleted, Is.EqualTo(Files), "Reported as deleted, and what is really deleted.");
            }

            if (scene.Outcome is Outcome.NotSent || (scene.Outcome is Outcome.Rejected && fault.StaleIds != StaleIdBehavior.DeleteTheOthersAndReject))
            {
                Assert.That(scene.Deleted.Intersect(Files), Is.Empty, $"Reported as {scene.Outcome}, and what is really deleted.");
            }

            if (application.IsHarmless && fault.Expected is { } expected)
            {
                Assert.That(scene.Outcome, Is.EqualTo(expected), $"An application that changes nothing changed the outcome: {scene.Failure}");
            }

            Assert.That(scene.SentElsewhere, Is.Empty, "What came to another origin or to the proxy.");
            Assert.That(scene.Secrets.Where(scene.Seen.Contains), Is.Empty, "Secrets that can be seen.");
        });
    }

    [Test]
    public async Task A_structured_logger_gets_no_secret_either(
        [Values("none", "none, client credentials", "redirect 308, client credentials")] string faultName)
    {
        await using var scene = await Scene.PlayAsync(Application.All[0], ApplicationFault.All.Single(each => each.Name == faultName));

        Assert.Multiple(() =>
        {
            Assert.That(scene.LoggedValues, Does.Contain("open_platform"), "The headers are among the values.");
            Assert.That(
                scene.Seen,
                Does.Contain("pan123.files").And.Contains("Pan123.DeleteFiles").And.Contains("http.client.request.duration"),
                "What the other tests look at.");
            Assert.That(scene.Secrets.Where(scene.LoggedValues.Contains), Is.Empty);
        });
    }

    [Test]
    public void Every_application_meets_every_fault()
    {
        var (applications, faults) = (Applications.ToList(), ApplicationFault.All.Select(fault => fault.Name).ToList());
        TestContext.Out.WriteLine($"{applications.Count} applications × {faults.Count} faults = {applications.Count * faults.Count} cases");

        Assert.Multiple(() =>
        {
            Assert.That(applications, Is.Unique.And.Count.GreaterThanOrEqualTo(30));
            Assert.That(faults, Is.Unique.And.Count.GreaterThanOrEqualTo(12));
        });
    }
}
