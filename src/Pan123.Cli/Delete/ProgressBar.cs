using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pan123.Cli;

/// <summary>For a terminal.</summary>
internal sealed class ProgressBar(IAnsiConsole console, TimeProvider timeProvider) : ProgressDisplay
{
    public override Task ShowAsync(long files, Func<ProgressTask, Task> run) =>
        new Progress(console, timeProvider)
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 20, CompletedStyle = Color.Green }, new DescriptionColumn())
            .StartAsync(context => run(context.AddTask("files", maxValue: files)));

    private sealed class DescriptionColumn : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(Describe(task));
    }
}
