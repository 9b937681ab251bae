using System.Runtime.InteropServices;

namespace Pan123.Cli;

/// <summary>What .NET does not tell of the standard streams.</summary>
internal static partial class Posix
{
    private const int GetDescriptorFlags = 1;
    private const short Writable = 4;
    private const short Broken = 8 | 16;

    /// <summary>
    /// Whether a descriptor came from the program's parent. One that was closed is free for the first file that the runtime opens: to
    /// write to it, or to read from it, would damage that file. The runtime opens each with the flag "close on exec", which what was
    /// inherited cannot have.
    /// </summary>
    public static bool IsInherited(int descriptor) => FileControl(descriptor, GetDescriptorFlags) == 0;

    /// <summary>Whether nobody reads any more what is written to a pipe, a socket or a terminal. The console's stream does not report it.</summary>
    public static bool IsBroken(int descriptor)
    {
        var state = new PollState { Descriptor = descriptor, Requested = Writable };
        return Poll(ref state, 1, timeout: 0) > 0 && (state.Returned & Broken) != 0;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FileControl(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref PollState states, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollState
    {
        public int Descriptor;
        public short Requested;
        public short Returned;
    }
}
