using System.Runtime.InteropServices;

namespace Pan123.Cli;

/// <summary>
/// Ctrl+C, the signal that ends a service, or the end of the terminal. The first one asks to finish what is in flight and begin nothing
/// more; the second one to stop at once; the third one is the platform's, which ends the process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly CancellationTokenSource _finish = new();
    private readonly CancellationTokenSource _stop = new();
    private PosixSignalRegistration[] _signals = [];

    /// <summary>Cancelled by the first: begin nothing more.</summary>
    public CancellationToken Finish => _finish.Token;

    /// <summary>Cancelled by the second: stop at once.</summary>
    public CancellationToken Stop => _stop.Token;

    public static Interruption OfThisProcess()
    {
        var interruption = new Interruption();
        interruption._signals = Array.ConvertAll(Signals, signal => PosixSignalRegistration.Create(signal, interruption.OnSignal));
        return interruption;
    }

    public void Interrupt()
    {
        var next = _finish.IsCancellationRequested ? _stop : _finish;
        next.Cancel();
    }

    /// <summary>As the first, and never as the second. Returns at once, whatever is told of it.</summary>
    public void RequestFinish() => _ = _finish.CancelAsync();

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _finish.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = !_stop.IsCancellationRequested;
        if (signal.Signal == PosixSignal.SIGHUP)
        {
            // A terminal that is closed may send it twice, by the shell and by the system, and nobody has asked twice.
            RequestFinish();
        }
        else
        {
            Interrupt();
        }
    }
}
