using System.Runtime.Loader;
using PublicApiGenerator;

namespace Pan123.ContractTests;

/// <summary>What a change of the specification, a template, NSwag or the library's code means for its users.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ApprovedTests
{
    public const string Client = "Pan123Client.approved.cs";

    public static string GeneratedClient { get; } = Repository.PathOf($"src/Pan123.Generated/obj/{Repository.Configuration}/net10.0/Pan123Client.g.cs");

    [Test]
    public void The_generated_client_is_as_approved() => ApprovedFile.Check(Client, File.ReadAllText(GeneratedClient));

    [TestCase("net10.0")]
    [TestCase("netstandard2.0")]
    public void The_public_API_is_as_approved(string targetFramework)
    {
        var library = Repository.PathOf($"src/Pan123.Generated/bin/{Repository.Configuration}/{targetFramework}/Pan123.Generated.dll");

        // One of them has been loaded already, and the other has the same name.
        var assembly = new AssemblyLoadContext(targetFramework).LoadFromAssemblyPath(library);

        var listing = assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] });
        ApprovedFile.Check($"PublicApi.{targetFramework}.approved.txt", $"{listing.ReplaceLineEndings("\n").TrimEnd()}\n");
    }
}
