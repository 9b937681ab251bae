using System.Runtime.InteropServices;

namespace Pan123.Cli;

/// <summary>
/// Ctrl+C, or the signal that ends a service. The first one asks to finish what is under way and begin nothing more; the second one to
/// stop at once; the third one is the platform's, which ends the process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _finish = new();
    private readonly CancellationTokenSource _stop = new();
    private PosixSignalRegistration? _interrupt;
    private PosixSignalRegistration? _terminate;

    /// <summary>Cancelled by the first: begin nothing more.</summary>
    public CancellationToken Finish => _finish.Token;

    /// <summary>Cancelled by the second: stop at once.</summary>
    public CancellationToken Stop => _stop.Token;

    public static Interruption OfThisProcess()
    {
        var interruption = new Interruption();
        interruption._interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, interruption.OnSignal);
        interruption._terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, interruption.OnSignal);
        return interruption;
    }

    public void Interrupt()
    {
        var next = _finish.IsCancellationRequested ? _stop : _finish;
        next.Cancel();
    }

    public void Dispose()
    {
        _interrupt?.Dispose();
        _terminate?.Dispose();
        _finish.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = !_stop.IsCancellationRequested;
        Interrupt();
    }
}
