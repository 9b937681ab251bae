using System.Text;

namespace Pan123;

/// <summary>
/// Makes words of others fit for an exception: one line, bounded, and without the secrets of the request, which an error page may echo.
/// </summary>
internal readonly struct Evidence(ApiRequest request)
{
    private const int MaxLength = 256;

    /// <summary>How a body began. Not where the operation is about a secret: its answer would be another.</summary>
    public string Excerpt(byte[] body) => request.Secret is null ? Quote(Encoding.UTF8.GetString(body)) : "(withheld)";

    /// <summary>What a reader says of a body that it could not read, which may quote it.</summary>
    public string Problem(string message) => request.Secret is null ? Quote(message) : "It is not as documented.";

    public string Quote(string text)
    {
        // Redacted before it is cut, or the cut could leave a part of a secret.
        var quote = new StringBuilder(Redact(Redact(text, request.Headers.Authorization?.Parameter), request.Secret));
        if (quote.Length > MaxLength)
        {
            quote.Length = MaxLength;
            quote[MaxLength - 1] = '…';
        }

        for (var i = 0; i < quote.Length; i++)
        {
            if (char.IsControl(quote[i]))
            {
                quote[i] = ' ';
            }
        }

        return quote.ToString();
    }

    private static string Redact(string text, string? secret) =>
        secret is { Length: > 0 } ? text.Replace(secret, "[secret]", StringComparison.Ordinal) : text;
}
