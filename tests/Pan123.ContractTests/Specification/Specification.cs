using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pan123.ContractTests;

/// <summary>The specification as a tree, read by another library than the one that generates from it.</summary>
internal sealed class Specification
{
    public const string File = "spec/pan123.openapi.yaml";

    private readonly YamlMappingNode _root;

    private Specification(YamlMappingNode root) => _root = root;

    /// <summary>The text of the repository's.</summary>
    public static string CurrentText { get; } = System.IO.File.ReadAllText(Repository.PathOf(File));

    /// <summary>That of the repository.</summary>
    public static Specification Current { get; } = Parse(CurrentText);

    public IReadOnlyList<string> SchemaNames => Keys("/components/schemas");

    /// <summary>Refuses a key that is there twice.</summary>
    /// <exception cref="YamlException">The text is no YAML.</exception>
    public static Specification Parse(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return new Specification((YamlMappingNode)stream.Documents.Single().RootNode);
    }

    public bool Has(string pointer) => Find(pointer) is not null;

    /// <summary>The keys of a mapping, in its order.</summary>
    public IReadOnlyList<string> Keys(string pointer) => Find(pointer) is YamlMappingNode mapping
        ? [.. mapping.Children.Keys.Select(key => ((YamlScalarNode)key).Value!)]
        : [];

    /// <summary>The scalars of a sequence, as they are written.</summary>
    public IReadOnlyList<string> Items(string pointer) => Find(pointer) is YamlSequenceNode sequence
        ? [.. sequence.Select(item => ((YamlScalarNode)item).Value!)]
        : [];

    /// <summary>A scalar as it is written, a sequence or mapping as JSON; null where there is nothing.</summary>
    public string? Value(string pointer) => Find(pointer) is { } node ? ToJson(node, isRoot: true) : null;

    /// <summary>Follows a JSON pointer, and each <c>$ref</c> on its way.</summary>
    private YamlNode? Find(string pointer)
    {
        YamlNode? node = _root;
        foreach (var part in pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal)))
        {
            node = node switch
            {
                YamlMappingNode mapping => mapping.Children.TryGetValue(new YamlScalarNode(part), out var child) ? child : null,
                YamlSequenceNode sequence => sequence.Children.ElementAtOrDefault(int.Parse(part, CultureInfo.InvariantCulture)),
                _ => null,
            };
            if (node is YamlMappingNode reference && reference.Children.TryGetValue(new YamlScalarNode("$ref"), out var target))
            {
                node = Find(((YamlScalarNode)target).Value!.TrimStart('#'));
            }
        }

        return node;
    }

    private static string ToJson(YamlNode node, bool isRoot = false) => node switch
    {
        YamlScalarNode scalar when isRoot || (scalar.Style == ScalarStyle.Plain && (scalar.Value is "null" or "true" or "false" || long.TryParse(scalar.Value, out _))) => scalar.Value!,
        YamlScalarNode scalar => $"\"{scalar.Value}\"",
        YamlSequenceNode sequence => $"[{string.Join(',', sequence.Select(item => ToJson(item)))}]",
        YamlMappingNode mapping => $"{{{string.Join(',', mapping.Select(pair => $"\"{pair.Key}\":{ToJson(pair.Value)}"))}}}",
        _ => throw new NotSupportedException($"{node.NodeType}"),
    };
}
