using System.Net;
using System.Text;

namespace Pan123.Tests;

/// <summary>A secret is found in each form in which a text may have it, and nothing else is.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SecretPatternTests
{
    // Each character that some encoding names, a character of two bytes, one of four, and bytes that are + and / in Base64.
    private const string Odd = "a&b<c>d\"e'f+g/h=i%j\\k é 文 😀 ~~~???>>>";
    private const string Plain = "eyJhbGciOi.secret-of_mine";

    [Test]
    public void A_secret_is_found_in_each_form([Values(Plain, Odd)] string secret, [ValueSource(nameof(Forms))] string form)
    {
        var text = $"before {Write(form, secret)} after";

        // The last character of Base64 may stay, since it is shared with what would follow.
        var rest = form.StartsWith("Base64", StringComparison.Ordinal) ? @"\w?" : "";
        Assert.That(Redact(text, secret), Does.Match($@"^before \[secret\]{rest} after$"), text);
    }

    [Test]
    public void A_secret_is_found_within_Base64_of_something_longer([Values(0, 1, 2, 3, 4, 5)] int before, [Values(0, 1, 2)] int after, [Values] bool isForUrls)
    {
        var longer = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{new string('x', before)}{Odd}{new string('y', after)}"));
        longer = isForUrls ? longer.Replace('+', '-').Replace('/', '_') : longer;

        var redacted = Redact(longer, Odd);

        // What shares a character with a neighbor stays: at most two characters at either end belong to the secret.
        Assert.That(redacted, Does.Contain("[secret]"));
        Assert.That(redacted.Replace("[secret]", "", StringComparison.Ordinal), Has.Length.LessThanOrEqualTo((before + after) * 8 / 6 + 8));
    }

    [Test]
    public void A_short_secret_is_not_looked_for_in_Base64_where_it_would_be_found_by_chance()
    {
        // Five bytes make fewer than eight characters of their own, six make eight.
        var five = Convert.ToBase64String("12345"u8.ToArray());
        var six = Convert.ToBase64String("123456"u8.ToArray());

        Assert.That((Redact(five, "12345"), Redact(six, "123456")), Is.EqualTo((five, "[secret]")));
    }

    [Test]
    public void A_short_secret_is_not_looked_for_within_Base64_of_something_longer_either([Values(1, 2)] int before)
    {
        var longer = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{new string('x', before)}12345"));

        Assert.That(Redact(longer, "12345"), Is.SameAs(longer));
    }

    [Test]
    public void A_secret_with_half_a_pair_is_found() => Assert.That(Redact("a\uD83Db&#55357;c\uDE00", "\uD83D"), Is.EqualTo("a[secret]b[secret]c\uDE00"));

    [TestCase("secreT-of-mine")]
    [TestCase("secret-of-min")]
    [TestCase("secret of mine")]
    [TestCase("736563726574-6f66")]
    [TestCase("&#115;ecret-of-mind")]
    [TestCase("")]
    public void Anything_else_stays(string text) => Assert.That(Redact(text, "secret-of-mine"), Is.SameAs(text));

    [Test]
    public void Each_occurrence_is_found() =>
        Assert.That(Redact("one-two,one-two%20one%2Dtwo", "one-two"), Is.EqualTo("[secret],[secret]%20[secret]"));

    // With a copy of the secret: its pattern is kept as long as it, and so each test has one of its own.
    private static string Redact(string text, string secret) => SecretPattern.Redact(text, new string(secret.AsSpan()));

    private static IEnumerable<string> Forms() =>
        ["plain", "URL", "URL twice", "URL, lower case", "URL, all", "quoted-printable", "JSON", "JSON, all", "JSON, upper case", "JSON twice", "backslashes", "HTML", "HTML twice", "HTML, decimal", "HTML, hexadecimal", "XML", "hexadecimal", "hexadecimal, upper case", "Base64", "Base64 for URLs", "Base64 in a URL"];

    private static string Write(string form, string secret) => form switch
    {
        "plain" => secret,
        "URL" => Uri.EscapeDataString(secret),
        "URL twice" => Uri.EscapeDataString(Uri.EscapeDataString(secret)),
        "URL, lower case" => string.Concat(Bytes(secret).Select(each => each > 'z' || !char.IsAsciiLetterOrDigit((char)each) ? $"%{each:x2}" : $"{(char)each}")),
        "URL, all" => string.Concat(Bytes(secret).Select(each => $"%{each:X2}")),
        "quoted-printable" => string.Concat(Bytes(secret).Select(each => $"={each:X2}")),
        "JSON" => Quoted(Newtonsoft.Json.JsonConvert.ToString(secret)),
        "JSON, all" => string.Concat(secret.Select(each => $@"\u{(int)each:x4}")),
        "JSON, upper case" => string.Concat(secret.Select(each => $@"\u{(int)each:X4}")),
        "JSON twice" => Quoted(Newtonsoft.Json.JsonConvert.ToString(Quoted(Newtonsoft.Json.JsonConvert.ToString(secret)))),
        "backslashes" => secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal),
        "HTML" => WebUtility.HtmlEncode(secret),
        "HTML twice" => WebUtility.HtmlEncode(WebUtility.HtmlEncode(secret)),
        "HTML, decimal" => string.Concat(secret.EnumerateRunes().Select(rune => $"&#{rune.Value};")),
        "HTML, hexadecimal" => string.Concat(secret.EnumerateRunes().Select(rune => $"&#x{rune.Value:X};")),
        "XML" => System.Security.SecurityElement.Escape(secret),
        "hexadecimal" => Convert.ToHexStringLower(Bytes(secret)),
        "hexadecimal, upper case" => Convert.ToHexString(Bytes(secret)),
        "Base64" => Convert.ToBase64String(Bytes(secret)).TrimEnd('='),
        "Base64 for URLs" => Convert.ToBase64String(Bytes(secret)).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        "Base64 in a URL" => Uri.EscapeDataString(Convert.ToBase64String(Bytes(secret)).TrimEnd('=')),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, message: null),
    };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Quoted(string json) => json[1..^1];
}
