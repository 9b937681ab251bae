using System.Reflection;

namespace Pan123.ContractTests;

internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>In which configuration the tests, and so the library, were built.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    public static string PathOf(string relativePath) => Path.Combine(Root, relativePath);

    private static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
