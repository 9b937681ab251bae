using System.Runtime.InteropServices;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>
/// Ctrl+C, the signal that ends a service, or the end of the terminal. The first one finishes the requests in flight and starts no new
/// ones; the second one stops at once; the third one is left to the platform, which ends the process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly CancellationTokenSource _gracefulStop = new();
    private readonly CancellationTokenSource _forcedStop = new();
    private PosixSignalRegistration[] _signals = [];

    /// <summary>Cancelled by the first one: start nothing new, and finish the requests in flight.</summary>
    public CancellationToken GracefulStop => _gracefulStop.Token;

    /// <summary>Cancelled by the second one: stop at once.</summary>
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

    /// <summary>When the first one comes, says what it does and what a second one does.</summary>
    public CancellationTokenRegistration Announce(IAnsiConsole messages) =>
        GracefulStop.Register(() => messages.MarkupLineLocalized($"[olive]The requests in flight are being finished. Press Ctrl+C again to stop at once.[/]"));

    /// <summary>Acts like the first one, never like the second. Returns at once, whoever has registered for it.</summary>
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
