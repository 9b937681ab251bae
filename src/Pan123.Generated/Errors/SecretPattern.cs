using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Pan123;

/// <summary>Finds a secret in a text: verbatim, escaped for a URL, JSON or HTML, in hexadecimal, or in Base64, alone or within something longer.</summary>
internal static class SecretPattern
{
    /// <summary>The maximum length of an escaped character, even if the escape was itself escaped.</summary>
    public const int MaxLengthPerCharacter = 32;

    // Shorter ones would match by chance.
    private const int MinBase64Length = 8;

    // Kept as long as the secret: creating a pattern costs much more than using it.
    private static readonly ConditionalWeakTable<string, Regex> Patterns = new();

    public static string Redact(string text, string secret) =>
        text.Length < secret.Length ? text : Patterns.GetValue(secret, Create).Replace(text, "[secret]");

    private static Regex Create(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        string?[] forms = [Escaped(secret), Hex(bytes), .. Enumerable.Range(0, 3).Select(offset => Base64(bytes, offset))];
        return new Regex(string.Join("|", forms.OfType<string>()), RegexOptions.CultureInvariant);
    }

    // Character by character, since an encoder rarely escapes all of them; escaped three times at most, so that no text takes long to search.
    private static string Escaped(string secret)
    {
        var pattern = new List<string>();
        for (var i = 0; i < secret.Length; i++)
        {
            var character = char.IsSurrogatePair(secret, i) ? secret.Substring(i++, 2) : secret[i].ToString();
            var url = string.Concat(Encoding.UTF8.GetBytes(character).Select(each => $"[%=](?:25){{0,3}}{Hex([each])}"));
            var json = string.Concat(character.Select(each => $@"\\{{1,7}}u(?i:{(int)each:x4})"));
            var code = character.Length == 2 ? char.ConvertToUtf32(character, 0) : character[0];
            var html = string.Format(CultureInfo.InvariantCulture, "&(?:amp;){{0,3}}#(?:0{{0,6}}{0:D}|[xX]0{{0,6}}(?i:{0:X}));?", code);
            pattern.Add($@"(?:\\{{0,7}}{Regex.Escape(character)}|{url}|{json}|{html}{Named(character)})");
        }

        return string.Concat(pattern);
    }

    private static string Named(string character) => character switch
    {
        "&" => "|&(?:amp;){1,4}",
        "<" => "|&(?:amp;){0,3}lt;",
        ">" => "|&(?:amp;){0,3}gt;",
        "\"" => "|&(?:amp;){0,3}quot;",
        "'" => "|&(?:amp;){0,3}apos;",
        _ => "",
    };

    private static string Hex(byte[] bytes) => $"(?i:{string.Concat(bytes.Select(each => each.ToString("x2", CultureInfo.InvariantCulture)))})";

    // Three bytes make four characters, so there are three forms, one per offset; without the characters that depend on neighboring bytes.
    private static string? Base64(byte[] bytes, int offset)
    {
        var start = offset == 0 ? 0 : offset + 1;
        var end = (offset + bytes.Length) * 8 / 6;
        return end - start < MinBase64Length
            ? null
            : string.Concat(Convert.ToBase64String([.. new byte[offset], .. bytes]).Substring(start, end - start).Select(each => each switch
            {
                '+' => "(?:[+-]|%(?:25){0,3}2[bB])",
                '/' => "(?:[/_]|%(?:25){0,3}2[fF])",
                _ => each.ToString(),
            }));
    }
}
