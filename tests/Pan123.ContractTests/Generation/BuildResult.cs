using System.Text.RegularExpressions;

namespace Pan123.ContractTests;

internal sealed record BuildResult(int ExitCode, string Output)
{
    /// <summary>For how many target frameworks the client was generated.</summary>
    public int Generations => Regex.Count(Output, "generating the client from");

    public bool Succeeded => ExitCode == 0;
}
