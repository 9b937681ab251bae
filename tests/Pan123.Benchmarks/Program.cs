using System.CommandLine;
using Pan123.Benchmarks;

var smoke = new Option<bool>("--smoke") { Description = "Only whether everything runs: its figures say nothing." };
var scene = new Option<string?>("--scene") { Description = "Only the scenes whose names begin so." };
var root = new RootCommand("What a call costs, beside other ways to send the same request. Writes a table of ratios in Markdown.") { smoke, scene };
root.SetAction(async (arguments, _) =>
{
    var (isSmoke, filter) = (arguments.GetValue(smoke), arguments.GetValue(scene));
    await SentRequest.CheckAsync();
    var costs = Benchmarks.Measure(isSmoke, filter).ToList();
    if (filter is null || "first".StartsWith(filter, StringComparison.OrdinalIgnoreCase))
    {
        costs.AddRange(await FirstCall.MeasureAsync(isSmoke ? 1 : 15));
    }

    await Console.Out.WriteLineAsync(RatioTable.Format(costs));
    return 0;
});

var way = new Argument<Way>("way");
var withPipeline = new Argument<bool>("with-pipeline");
var firstCall = new Command(FirstCall.CommandName, "The process that a first call is measured in.") { way, withPipeline };
firstCall.SetAction((arguments, _) => FirstCall.RunAsync(arguments.GetValue(way), arguments.GetValue(withPipeline)));
root.Add(firstCall);

return await root.Parse(args).InvokeAsync();
