using System.Text;

namespace Pan123;

/// <summary>Words of others, made fit for an exception: one line, bounded, and without the access token, which an error page may echo.</summary>
internal static class Evidence
{
    public const int MaxLength = 256;

    public static string From(byte[] body, string? accessToken) => From(Encoding.UTF8.GetString(body), accessToken);

    public static string From(string text, string? accessToken)
    {
        // Redacted before it is cut, or the cut could leave a part of the token.
        var evidence = new StringBuilder(accessToken is { Length: > 0 } ? text.Replace(accessToken, "[access token]", StringComparison.Ordinal) : text);
        if (evidence.Length > MaxLength)
        {
            evidence.Length = MaxLength;
            evidence[MaxLength - 1] = '…';
        }

        for (var i = 0; i < evidence.Length; i++)
        {
            if (char.IsControl(evidence[i]))
            {
                evidence[i] = ' ';
            }
        }

        return evidence.ToString();
    }
}
