using System.Runtime.InteropServices;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>
/// Ctrl+C, the signal that ends a service, or the end of the terminal. The first one asks to finish what is in flight and begin nothing
/// more; the second one to stop at once; the third one is the platform's, which ends the process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly CancellationTokenSource _gracefulStop = new();
    private readonly CancellationTokenSource _forcedStop = new();
    private PosixSignalRegistration[] _signals = [];

    /// <summary>Cancelled by the first: begin nothing more, and finish what is in flight.</summary>
    public CancellationToken GracefulStop => _gracefulStop.Token;

    /// <summary>Cancelled by the second: stop at once.</summary>
    public CancellationToken ForcedStop => _forcedStop.Token;

    public static Interruption ForCurrentProcess()
    {
        var interruption = new Interruption();
        interruption._signals = Array.ConvertAll(Signals, signal => PosixSignalRegistration.Create(signal, interruption.OnSignal));
        return interruption;
    }

    public void Interrupt()
    {
        var next = _gracefulStop.IsCancellationRequested ? _forcedStop : _gracefulStop;
        next.Cancel();
    }

    /// <summary>Says what the first one does, when it comes, and that there is a second one.</summary>
    public CancellationTokenRegistration Announce(IAnsiConsole messages) =>
        GracefulStop.Register(() => messages.MarkupLine("[olive]Finishing what is in flight. Ctrl+C again stops at once.[/]"));

    /// <summary>Like the first, and never like the second. Returns at once, whoever has registered for it.</summary>
    public void RequestGracefulStop() => _ = _gracefulStop.CancelAsync();

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _gracefulStop.Dispose();
        _forcedStop.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = !_forcedStop.IsCancellationRequested;
        if (signal.Signal == PosixSignal.SIGHUP)
        {
            // A terminal that is closed may send it twice, by the shell and by the system, and nobody has asked twice.
            RequestGracefulStop();
        }
        else
        {
            Interrupt();
        }
    }
}
