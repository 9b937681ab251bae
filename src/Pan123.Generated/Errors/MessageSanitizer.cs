using System.Globalization;
using System.Text;

namespace Pan123;

/// <summary>
/// The one place where text from outside (a response, an exception of .NET or of the application) is made fit for exceptions, logs,
/// activities and results: one line, bounded, nothing that commands a terminal or turns the direction of reading, and no secret of the call.
/// </summary>
internal static class MessageSanitizer
{
    private const int MaxLength = 256;

    public static string Clean(string text, string[] secrets)
    {
        // Redacted before it is cut, or the cut could leave a part of a secret. What lies further than a secret reaches is not looked at.
        if (text.Length > MaxLength)
        {
            var reach = MaxLength + (secrets.Select(secret => secret.Length).DefaultIfEmpty().Max() * SecretPattern.MaxLengthPerCharacter);
            text = text.Length > reach ? text.Substring(0, reach) : text;
        }

        return Cut(ReplaceUnprintable(Redact(text, secrets)));
    }

    /// <summary>
    /// The exception itself, if nothing in it gives anything away or is unprintable; otherwise one of the same kind, as far as a handler can
    /// ask for it, with clean words and without what is inside.
    /// </summary>
    public static Exception Clean(Exception exception, string[] secrets)
    {
        // Of several lines, as a stack trace is.
        var words = exception.ToString().Replace(Environment.NewLine, " ", StringComparison.Ordinal);
        if (HasNoSecret(words, secrets) && ReplaceUnprintable(words) == words)
        {
            return exception;
        }

        var message = Clean(exception.Message, secrets);
        return exception switch
        {
#if NET
            HttpRequestException failure => new HttpRequestException(failure.HttpRequestError, message, inner: null, failure.StatusCode),
#else
            HttpRequestException => new HttpRequestException(message),
#endif
            OperationCanceledException cancelled => new OperationCanceledException(message, cancelled.CancellationToken),
            _ => new InvalidOperationException($"{exception.GetType().Name}: {message}"),
        };
    }

    public static bool HasNoSecret(string text, string[] secrets) => (object)Redact(text, secrets) == text;

    /// <summary>One line, without anything that commands a terminal or turns the direction of reading. The same text, if it is so already.</summary>
    public static string ReplaceUnprintable(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and <= '~')
            {
                continue;
            }

            var isPair = char.IsSurrogatePair(text, i);
            if (IsUnprintable(text, i) || (!isPair && char.IsSurrogate(text[i])))
            {
                clean ??= new StringBuilder(text);
                clean[i] = char.IsSurrogate(text[i]) && !isPair ? '\uFFFD' : ' ';
                if (isPair)
                {
                    clean[i + 1] = ' ';
                }
            }

            i += isPair ? 1 : 0;
        }

        return clean?.ToString() ?? text;
    }

    private static string Redact(string text, string[] secrets)
    {
        foreach (var secret in secrets)
        {
            text = SecretPattern.Redact(text, secret);
        }

        return text;
    }

    // Controls; marks of direction and other invisible ones; ends of lines and paragraphs.
    private static bool IsUnprintable(string text, int index) => CharUnicodeInfo.GetUnicodeCategory(text, index)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Cut(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        var end = MaxLength - 1;
        return $"{text.Substring(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)}…";
    }
}
