using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.ContractTests;

/// <summary>The library's page says what the specification and the code say. <see cref="FaultTableTests"/> has its longest table.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class LibraryPageTests
{
    private static readonly Page Library = new(Page.Library);

    [Test]
    public void Every_option_is_in_the_table() => Assert.That(Library.NamesIn("| option |"), Is.EquivalentTo(typeof(Pan123ClientOptions).GetProperties().Select(option => option.Name)));

    [Test]
    public void Every_option_of_a_batch_is_in_the_table() => Assert.That(Library.NamesIn("| batch option |"), Is.EquivalentTo(typeof(DeleteBatchOptions).GetProperties().Select(option => option.Name)));

    [Test]
    public void Every_operation_is_in_the_table_with_its_page()
    {
        var operations = typeof(IPan123Client).GetMethods().Select(method => method.Name).Distinct().Except([nameof(IPan123Client.DeleteFilesInBatchesAsync), nameof(IPan123Client.DeleteAndConfirmFilesAsync)]);
        Assert.That(Library.NamesIn("| method |"), Is.EquivalentTo(operations));

        var pages = from path in Specification.Current.Keys("/paths")
                    let item = $"/paths/{path.Replace("/", "~1", StringComparison.Ordinal)}"
                    let operation = $"{item}/{Specification.Current.Keys(item).Single()}"
                    select (Name: $"{Specification.Current.Value($"{operation}/operationId")}Async", Page: Specification.Current.Value($"{operation}/externalDocs/url"));
        var wrong = Library.Table("| method |").Where(row => !pages.Any(page => row.StartsWith($"| `{page.Name}`", StringComparison.OrdinalIgnoreCase) && row.Contains($"]({page.Page})", StringComparison.Ordinal)));
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Every_exception_is_in_the_table_of_errors()
    {
        var exceptions = typeof(Pan123Exception).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Pan123Exception))).Select(type => type.Name);

        Assert.That(ExceptionName().Matches(string.Join('\n', Library.Table("| what happened |"))).Select(match => match.Value), Is.EquivalentTo(exceptions));
    }

    [Test]
    public void The_table_of_error_codes_is_that_of_the_specification()
    {
        const string Codes = "/components/schemas/Pan123ErrorCode";
        var (codes, names, meanings) = (Specification.Current.Items($"{Codes}/enum"), Specification.Current.Items($"{Codes}/x-enumNames"), Specification.Current.Items($"{Codes}/x-enumDescriptions"));

        Assert.That(Library.Table("| `code` |"), Is.EqualTo(codes.Select((code, i) => $"| {code} | `{names[i]}` | {meanings[i]} |")));
    }

    [TestCase(Page.Library)]
    [TestCase(Page.Card)]
    public void The_limit_is_that_of_the_specification(string page)
    {
        var limits = Limit().Matches(new Page(page).Text).Select(match => match.Groups[1].Value);

        Assert.That(limits, Is.Not.Empty.And.All.EqualTo(Specification.Current.Value("/components/schemas/DeleteFilesRequest/properties/fileIDs/maxItems")));
    }

    [Test]
    public async Task Everything_that_can_be_observed_is_in_the_table()
    {
        var instruments = new HashSet<string>();
        var activities = new HashSet<string>();
        using var meters = new MeterListener { InstrumentPublished = (instrument, _) => { if (instrument.Meter.Name == "Pan123") { lock (instruments) { instruments.Add(instrument.Name); } } } };
        meters.Start();
        using var sources = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Pan123",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => { lock (activities) { activities.Add(activity.OperationName); } },
        };
        ActivitySource.AddActivityListener(sources);

        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Drive.AddActive(1);
        await using var pan = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, ClientId = Pan123EmulatorOptions.DefaultClientId, ClientSecret = Pan123EmulatorOptions.DefaultClientSecret });
        await pan.TrashFilesAsync([1]);
        await pan.DeleteFilesAsync([1]);

        // Calls of other tests are heard too.
        var named = Library.NamesIn("| name | what it is |").ToList();
        Assert.That(named.Where(name => name.StartsWith("pan123.", StringComparison.Ordinal)), Is.EquivalentTo(instruments));
        Assert.That(named.Where(name => name.StartsWith("Pan123.", StringComparison.Ordinal)), Is.SubsetOf(activities));
    }

    [GeneratedRegex("Pan123[A-Za-z]+Exception")]
    private static partial Regex ExceptionName();

    [GeneratedRegex("(?:up to|more than|at most) ([0-9]+)(?: file IDs| IDs|,)")]
    private static partial Regex Limit();
}
