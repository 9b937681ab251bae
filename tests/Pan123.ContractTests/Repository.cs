using System.Reflection;

namespace Pan123.ContractTests;

internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string PathOf(string relativePath) => Path.Combine(Root, relativePath);
}
