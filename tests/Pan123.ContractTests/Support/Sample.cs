namespace Pan123.ContractTests;

/// <summary>Of cases that take long together, CI runs all, and so does whoever sets the variable. Any other run takes a sample.</summary>
internal static class Sample
{
    private const string Variable = "PAN123_ALL_CASES";

    /// <summary>One of as many cases as given, or all.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> cases, int interval) =>
        Environment.GetEnvironmentVariable(Variable) == "1" || Environment.GetEnvironmentVariable("CI") is { Length: > 0 }
            ? cases
            : cases.Where((_, index) => index % interval == 0);
}
