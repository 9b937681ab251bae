using System.CommandLine;
using Pan123.Benchmarks;

var smoke = new Option<bool>("--smoke") { Description = "Only whether everything runs: its figures say nothing." };
var scenario = new Option<string?>("--scenario") { Description = "Only the scenarios whose names begin with this." };
var root = new RootCommand("What a call costs, beside other ways to send the same request. Writes a table of ratios in Markdown.") { smoke, scenario };
root.SetAction(async (arguments, _) =>
{
    var (isSmoke, filter) = (arguments.GetValue(smoke), arguments.GetValue(scenario));
    await SentRequest.CheckAsync();
    var results = Benchmarks.Measure(isSmoke, filter).ToList();
    if (filter is null || "first".StartsWith(filter, StringComparison.OrdinalIgnoreCase))
    {
        results.AddRange(await FirstCall.MeasureAsync(isSmoke ? 1 : 15));
    }

    await Console.Out.WriteLineAsync(RatioTable.Format(results));
    return 0;
});

var kind = new Argument<ClientKind>("client");
var withPipeline = new Argument<bool>("with-pipeline");
var firstCall = new Command(FirstCall.CommandName, "The process that a first call is measured in.") { kind, withPipeline };
firstCall.SetAction((arguments, _) => FirstCall.RunAsync(arguments.GetValue(kind), arguments.GetValue(withPipeline)));
root.Add(firstCall);

return await root.Parse(args).InvokeAsync();
