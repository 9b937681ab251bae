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
        if (IsClean(text, secrets))
        {
            return text;
        }

        // Redacted before it is cut, or the cut could leave a part of a secret. What lies further than a secret reaches is not looked at.
        var reach = MaxLength + (secrets.Select(secret => secret.Length).DefaultIfEmpty().Max() * SecretPattern.MaxLengthPerCharacter);
        return Cut(ReplaceUnprintable(Redact(text.Length <= reach ? text : text.Substring(0, reach), secrets)));
    }

    /// <summary>
    /// The exception itself, if nothing in it gives anything away or is unprintable; otherwise one of the same kind, as far as a handler can
    /// ask for it, with clean words and without what is inside.
    /// </summary>
    public static Exception Clean(Exception exception, string[] secrets)
    {
        var words = exception.ToString();
        if (HasNoSecret(words, secrets) && !Enumerable.Range(0, words.Length).Any(i => words[i] is not ('\r' or '\n' or '\t') && IsUnprintable(words, i)))
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

    // As nearly every text is, and each call has two: so without allocating anything.
    private static bool IsClean(string text, string[] secrets)
    {
        foreach (var secret in secrets)
        {
            if (text.Length >= secret.Length)
            {
                return false;
            }
        }

        foreach (var character in text)
        {
            if (character is < ' ' or > '~')
            {
                return false;
            }
        }

        return text.Length <= MaxLength;
    }

    private static string Redact(string text, string[] secrets) => secrets.Aggregate(text, SecretPattern.Redact);

    public static bool HasNoSecret(string text, string[] secrets) => Redact(text, secrets) == text;

    /// <summary>One line, without anything that commands a terminal or turns the direction of reading.</summary>
    public static string ReplaceUnprintable(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var length = char.IsSurrogatePair(text, i) ? 2 : 1;
            clean.Append(IsUnprintable(text, i) ? " " : length == 1 && char.IsSurrogate(text[i]) ? "\uFFFD" : text.Substring(i, length));
            i += length - 1;
        }

        return clean.ToString();
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
