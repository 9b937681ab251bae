using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Pan123.Cli;

/// <summary>What .NET does not tell of Windows: with invariant globalization, it does not read the user's language.</summary>
[SupportedOSPlatform("windows")]
internal static partial class Win32
{
    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial ushort GetUserDefaultUILanguage();
}
