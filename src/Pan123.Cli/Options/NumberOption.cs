using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Pan123.Cli;

/// <summary>An option whose value is a number within a range, written in digits whatever the culture.</summary>
internal sealed class NumberOption<T> : Option<T?>
    where T : struct, INumber<T>
{
    private readonly T _min;
    private readonly T _max;

    /// <param name="name">Its name, with its dashes.</param>
    /// <param name="min">The smallest number that is allowed.</param>
    /// <param name="max">The largest number that is allowed.</param>
    /// <param name="defaultValue">The value when the option is not given; null for none.</param>
    public NumberOption(string name, T min, T max, T? defaultValue = null)
        : base(name)
    {
        (_min, _max) = (min, max);
        HelpName = "number";
        CustomParser = Parse;
        if (defaultValue is not null)
        {
            DefaultValueFactory = _ => defaultValue;
        }
    }

    private T? Parse(ArgumentResult result)
    {
        var isWhole = default(T) is int;
        var styles = NumberStyles.AllowLeadingSign | (isWhole ? NumberStyles.None : NumberStyles.AllowDecimalPoint);
        var text = result.Tokens[^1].Value;
        if (T.TryParse(text, styles, CultureInfo.InvariantCulture, out var number) && number >= _min && number <= _max)
        {
            return number;
        }

        result.AddError(isWhole
            ? Texts.Of($"{Name} is '{text}': give a whole number from {_min} to {_max}.")
            : Texts.Of($"{Name} is '{text}': give a number from {_min} to {_max}."));
        return null;
    }
}
