using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Pan123.ContractTests;

/// <summary>Stoplight's mock server: an independent judge that answers what a specification allows and refuses what it forbids.</summary>
internal sealed partial class Prism : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;

    private Prism(Process process, Uri baseAddress, Task reading) => (_process, BaseAddress, _reading) = (process, baseAddress, reading);

    public Uri BaseAddress { get; }

    /// <summary>Starts it on the loopback, on a port that is free.</summary>
    public static async Task<Prism> StartAsync(string specification, params string[] options)
    {
        var process = await NodeTools.StartAsync(
            "@stoplight/prism-cli/dist/index.js", ["mock", "--errors", "--host", "127.0.0.1", "--port", "0", .. options, specification]);
        var said = new List<string>();
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                said.Add(line);
                if (Listening().Match(line) is { Success: true } match)
                {
                    // What it goes on to say is read, or it would stop once the pipe is full.
                    var reading = Task.WhenAll(process.StandardOutput.BaseStream.CopyToAsync(Stream.Null), process.StandardError.BaseStream.CopyToAsync(Stream.Null));
                    return new Prism(process, new Uri(match.Groups[1].Value), reading);
                }
            }

            throw new AssertionException($"Prism did not start: {string.Join('\n', said)}\n{await process.StandardError.ReadToEndAsync(patience.Token)}");
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _reading;
        _process.Dispose();
    }

    [GeneratedRegex("Prism is listening on (http://127.0.0.1:[0-9]+)")]
    private static partial Regex Listening();
}
