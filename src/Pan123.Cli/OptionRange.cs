using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Pan123.Cli;

internal static class OptionRange
{
    /// <summary>Refuses a number outside a range.</summary>
    public static Option<T> Within<T>(this Option<T> option, T smallest, T largest)
        where T : struct, IComparable<T>
    {
        option.Validators.Add(result => Check(result, option.Name, result.GetValueOrDefault<T>(), smallest, largest));
        return option;
    }

    /// <summary>Refuses a number outside a range; none is within it.</summary>
    public static Option<T?> Within<T>(this Option<T?> option, T smallest, T largest)
        where T : struct, IComparable<T>
    {
        option.Validators.Add(result => Check(result, option.Name, result.GetValueOrDefault<T?>(), smallest, largest));
        return option;
    }

    private static void Check<T>(OptionResult result, string name, T? value, T smallest, T largest)
        where T : struct, IComparable<T>
    {
        if (value is { } number && (number.CompareTo(smallest) < 0 || number.CompareTo(largest) > 0))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is {number}: give a number from {smallest} to {largest}."));
        }
    }
}
