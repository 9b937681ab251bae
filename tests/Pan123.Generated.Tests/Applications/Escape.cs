using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pan123.Tests.Applications;

/// <summary>A way to write a secret so that whoever reads it has it all the same.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Apply">Writes a text so.</param>
/// <param name="IsJson">Whether that is a part of a JSON string already, and a JSON reader undoes it.</param>
internal sealed record Escape(string Name, Func<string, string> Apply, bool IsJson = false)
{
    private const int Core = 16;

    // In Base64: the characters that stand for more than the secret, or are padding.
    private const int Before = 12;
    private const int After = 4;

    /// <summary>Whether each character is written by itself, whatever is around it.</summary>
    private bool IsByCharacter { get; init; } = true;

    public static IReadOnlyList<Escape> All { get; } =
    [
        new("plain", secret => secret),
        new("percent, where need be", Uri.EscapeDataString),
        new("percent, form", secret => WebUtility.UrlEncode(secret)),
        new("percent, upper case", secret => Each(secret, "%{0:X2}")),
        new("percent, lower case", secret => Each(secret, "%{0:x2}")),
        new("percent twice", secret => Each(secret, "%25{0:X2}")),
        new("JSON, where need be", secret => JsonEncodedText.Encode(secret).ToString(), IsJson: true),
        new("JSON, upper case", secret => Each(secret, @"\u{0:X4}"), IsJson: true),
        new("JSON, lower case", secret => Each(secret, @"\u{0:x4}"), IsJson: true),
        new("JSON in JSON", secret => Each(secret, @"\u{0:x4}")),
        new("JSON of JSON, where need be", secret => JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()),
        new("JSON with slashes escaped", secret => secret.Replace("/", @"\/", StringComparison.Ordinal)),
        new("HTML, where need be", secret => WebUtility.HtmlEncode(secret)),
        new("HTML, decimal", secret => Each(secret, "&#{0};")),
        new("HTML, hexadecimal, lower case", secret => Each(secret, "&#x{0:x};")),
        new("HTML, hexadecimal, upper case", secret => Each(secret, "&#X{0:X};")),
        new("HTML, hexadecimal with zeros", secret => Each(secret, "&#x{0:X4};")),
        Base64("Base64", "", ToBase64),
        Base64("Base64 after Bearer", "Bearer ", ToBase64),
        Base64("Base64 after an ID", "client7:", ToBase64),
        Base64("Base64url", "", ToBase64Url),
        Base64("Base64url after Bearer", "Bearer ", ToBase64Url),
        Base64("Base64url after an ID", "client7:", ToBase64Url),
        new("hexadecimal, lower case", secret => Each(secret, "{0:x2}")),
        new("hexadecimal, upper case", secret => Each(secret, "{0:X2}")),
    ];

    /// <summary>What must be nowhere when this was sent of a secret: the secret, what was sent, and the beginning, middle and end of each.</summary>
    public IReadOnlyList<string> Traces(string secret) =>
    [
        .. new[] { secret, Apply(secret) }
            .Concat(Parts(secret))
            .Concat(IsByCharacter ? Parts(secret).Select(Apply) : Parts(Apply(secret)[Before..^After]))
            .Distinct(),
    ];

    // As long as no chance brings about, and as short as no cut leaves.
    private static string[] Parts(string text) => [text[..Core], text.Substring((text.Length - Core) / 2, Core), text[^Core..]];

    private static Escape Base64(string name, string before, Func<byte[], string> encode) =>
        new(name, secret => encode(Encoding.UTF8.GetBytes(before + secret))) { IsByCharacter = false };

    private static string ToBase64(byte[] bytes) => Convert.ToBase64String(bytes);

    private static string ToBase64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Each(string text, string format)
    {
        var escaped = new StringBuilder();
        foreach (var character in text)
        {
            escaped.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, format, (int)character);
        }

        return escaped.ToString();
    }
}
