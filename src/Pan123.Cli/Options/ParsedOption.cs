using System.CommandLine;

namespace Pan123.Cli;

/// <summary>An option whose value a function reads.</summary>
internal sealed class ParsedOption<T> : Option<T?>
    where T : struct
{
    /// <param name="name">Its name, with its dashes.</param>
    /// <param name="parse">Reads it; null if it is invalid.</param>
    /// <param name="rule">The valid values, as they follow "give" in an error.</param>
    public ParsedOption(string name, Func<string, T?> parse, string rule)
        : base(name) => CustomParser = result =>
    {
        var text = result.Tokens[^1].Value;
        var value = parse(text);
        if (value is null)
        {
            result.AddError(Texts.Of($"{Name} is '{text}': give {rule}."));
        }

        return value;
    };
}
