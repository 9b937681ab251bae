using Pan123.Emulator;

namespace Pan123.ContractTests;

/// <summary>A row of the table of faults: what goes wrong, and how the emulator is told so.</summary>
public sealed record FaultRow(
    string Fault, string HowOften, Action<Pan123Emulator> Prepare, StaleIdBehavior Assumed = StaleIdBehavior.RejectRequest)
{
    public override string ToString() => $"{Fault}, {HowOften}";
}
