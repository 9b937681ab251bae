using System.CommandLine;
using System.CommandLine.Parsing;

namespace Pan123.Cli;

/// <summary>An option whose value is one of the names of an enumeration, in any case.</summary>
internal sealed class ChoiceOption<T> : Option<T>
    where T : struct, Enum
{
    public ChoiceOption(string name)
        : base(name)
    {
        CustomParser = Parse;
        CompletionSources.Clear();
        CompletionSources.Add(Enum.GetNames<T>());
    }

    private T Parse(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        var names = Enum.GetNames<T>();
        if (Array.Find(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } chosen)
        {
            return Enum.Parse<T>(chosen);
        }

        result.AddError(Texts.Of($"{Name} is '{text}': give {string.Join(Texts.Of($", "), names[..^1])} or {names[^1]}."));
        return default;
    }
}
