using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pan123.Cli;

/// <summary>For a terminal.</summary>
internal sealed class ProgressBar(IAnsiConsole console, TimeProvider timeProvider) : ProgressDisplay
{
    public override Task ShowAsync(long files, Func<ProgressTask, Task> run) =>
        new Progress(console, timeProvider)
            .AutoClear(true)
            .AutoRefresh(false)
            .Columns(new ProgressBarColumn { Width = 20, CompletedStyle = Color.Green }, new DescriptionColumn(Describe))
            .StartAsync(async context =>
            {
                var eraser = new Eraser();
                console.Pipeline.Attach(eraser);
                try
                {
                    var task = context.AddTask("files", maxValue: files);
                    await using var timer = RefreshTimer.StartForTerminal(timeProvider, context.Refresh);
                    await run(task);
                }
                finally
                {
                    console.Pipeline.Detach(eraser);
                }
            });

    /// <summary>A line that is written while the bar is shown takes its place, and the bar moves below it. The old bar is erased, or its rest would stand behind a shorter line.</summary>
    private sealed class Eraser : IRenderHook
    {
        private static readonly ControlCode EraseToTheEndOfTheScreen = new("\e[J");

        // The bar's own renewal is a control code, and needs none.
        public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
            renderables.SelectMany(renderable => renderable is ControlCode ? new[] { renderable } : [EraseToTheEndOfTheScreen, renderable]);
    }

    private sealed class DescriptionColumn(Func<ProgressTask, string> describe) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(describe(task));
    }
}
