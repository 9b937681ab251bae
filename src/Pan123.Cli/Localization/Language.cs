using System.Globalization;
using System.Runtime.Loader;

namespace Pan123.Cli;

/// <summary>The language of the texts.</summary>
internal static class Language
{
    private const string SimplifiedChinese = "zh-Hans";
    private const int PrimaryLanguage = 0x3FF;
    private const int WindowsChinese = 0x04;

    // The first one that is set counts.
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>The language of the code: nothing is looked up.</summary>
    public static CultureInfo English => CultureInfo.InvariantCulture;

    /// <summary>Simplified Chinese. Readers of traditional Chinese understand it better than English, so every Chinese locale gets it.</summary>
    public static CultureInfo Chinese { get; } = LoadChinese();

    /// <summary>Whether the current run has this language.</summary>
    public static bool IsChinese => SimplifiedChinese.Equals(CultureInfo.CurrentUICulture.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Chooses the language as other programs on the same system do.</summary>
    /// <param name="readVariable">Reads an environment variable.</param>
    /// <param name="windowsLanguage">The Windows identifier of the user's language; null on other systems, where environment variables have it.</param>
    /// <exception cref="UsageException">The variable of this program has a language without texts.</exception>
    public static CultureInfo Choose(Func<string, string?> readVariable, int? windowsLanguage)
    {
        if (readVariable(EnvironmentVariable.Language) is { Length: > 0 } chosen)
        {
            // In English, whatever the locale is: there is no language yet.
            return Find(chosen) ?? throw new UsageException($"The environment variable {EnvironmentVariable.Language} is '{chosen}': set it to en or zh, or unset it. Nothing was sent.");
        }

        return windowsLanguage is { } identifier
            ? (identifier & PrimaryLanguage) == WindowsChinese ? Chinese : English
            : ChooseByLocale(readVariable);
    }

    /// <summary>As gettext does, whose users have set these variables for all programs.</summary>
    private static CultureInfo ChooseByLocale(Func<string, string?> readVariable)
    {
        var locale = LocaleVariables.Select(readVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        if (GetLanguage(locale ?? "C") is "C" or "POSIX")
        {
            return English;
        }

        // A list, such as "zh_CN:en". It does not count in the locale C.
        var preferred = (readVariable("LANGUAGE") ?? "").Split(':').Select(Find).FirstOrDefault(language => language is not null);
        return preferred ?? Find(locale!) ?? English;
    }

    /// <returns>The language of a name such as "zh", "zh-CN" and "zh_CN.UTF-8"; null if there are no texts in it.</returns>
    private static CultureInfo? Find(string name) => GetLanguage(name).ToUpperInvariant() switch
    {
        "ZH" => Chinese,
        "EN" => English,
        _ => null,
    };

    private static string GetLanguage(string name) => name.Split('-', '_', '.', '@')[0];

    /// <summary>With invariant globalization, the platform writes this culture zh-HANS, and does not find its folder where the case of a name counts.</summary>
    private static CultureInfo LoadChinese()
    {
        AssemblyLoadContext.Default.Resolving += (context, assembly) =>
        {
            var path = Path.Combine(AppContext.BaseDirectory, SimplifiedChinese, $"{assembly.Name}.dll");
            return SimplifiedChinese.Equals(assembly.CultureName, StringComparison.OrdinalIgnoreCase) && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
        return CultureInfo.GetCultureInfo(SimplifiedChinese);
    }
}
