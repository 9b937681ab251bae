using System.Diagnostics;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>The program <c>pan123</c>, as a user starts it.</summary>
internal sealed class CommandLineProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _messages;

    private CommandLineProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _messages = process.StandardError.ReadToEndAsync();
    }

    public static CommandLineProcess Start(Pan123Emulator emulator, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "pan123.dll"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["PAN123_ACCESS_TOKEN"] = emulator.AccessToken, ["PAN123_BASE_ADDRESS"] = emulator.BaseAddress.AbsoluteUri },
        };
        return new CommandLineProcess(Process.Start(start)!);
    }

    public void Kill() => _process.Kill();

    public async Task<(int ExitCode, string Output, string Messages)> WaitAsync()
    {
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await _output, await _messages);
    }

    public void Dispose() => _process.Dispose();
}
