namespace Pan123.Tests;

/// <summary>What is different when the tests run against the netstandard2.0 build.</summary>
internal static class NetStandard
{
    /// <summary>All cases; against this build, which has few lines of its own, a sample.</summary>
    public static IEnumerable<T> Sample<T>(IEnumerable<T> cases) =>
#if NETSTANDARD_BUILD
        ContractTests.Sample.Of(cases, interval: 3);
#else
        cases;
#endif
}
