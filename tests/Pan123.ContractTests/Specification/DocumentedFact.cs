namespace Pan123.ContractTests;

/// <summary>A fact that the platform documents, and where the specification says it.</summary>
public sealed record DocumentedFact
{
    private readonly string _what;
    private readonly string _place;
    private readonly string? _expected;
    private readonly Func<Specification, string, string?> _read;

    private DocumentedFact(string what, string place, string? expected, Func<Specification, string, string?> read) =>
        (_what, _place, _expected, _read) = (what, place, expected, read);

    /// <summary>What is there, as the specification writes it, or as JSON; null for nothing.</summary>
    public static DocumentedFact Value(string what, string place, string? expected) =>
        new(what, place, expected, (specification, place) => specification.Value(place));

    /// <summary>These keys, in this order, and no other.</summary>
    public static DocumentedFact Names(string what, string place, params string[] expected) =>
        new(what, place, string.Join(", ", expected), (specification, place) => string.Join(", ", specification.Keys(place)));

    /// <summary>What the specification says otherwise, or null.</summary>
    internal string? FindProblem(Specification specification) => _read(specification, _place) is var actual && actual == _expected
        ? null
        : $"{_what}: documented is {_expected ?? "nothing"}, and the specification has {actual ?? "nothing"} at {_place}";

    public override string ToString() => _what;
}
