using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>
/// The texts of the program in its user's language. The code has the English ones, and these are the keys of the translations: the text
/// <c>$"{name} is damaged."</c> is looked up as "{0} is damaged.". A text without a translation stays English. Numbers are written alike in all languages.
/// </summary>
internal static class Texts
{
    private static readonly ResourceManager Translations = new(typeof(Texts));

    public static string Of(FormattableString english) => Translate(english).ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes a line with markup, in which the values are not read as markup.</summary>
    public static void MarkupLineLocalized(this IAnsiConsole console, FormattableString english) =>
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, Translate(english));

    /// <returns>The translation of a text whose holes are as they are in the code; null if there is none.</returns>
    public static string? Find(string english) =>
        // The texts of another culture would be looked for in the program itself, which has none.
        Language.IsChinese ? Translations.GetResourceSet(CultureInfo.CurrentUICulture, createIfNotExists: true, tryParents: false)!.GetString(english) : null;

    private static FormattableString Translate(FormattableString english) =>
        Find(english.Format) is { } translation ? FormattableStringFactory.Create(translation, english.GetArguments()) : english;
}
