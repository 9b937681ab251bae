namespace Pan123;

/// <summary>
/// The one place where text from outside (a response, an exception of .NET or of the application) is made fit for exceptions, logs,
/// activities and results: one line, bounded, nothing that commands a terminal or turns the direction of reading, and no secret of the call.
/// </summary>
internal sealed class MessageSanitizer
{
    private const int MaxLength = 256;

    private string[] _secrets = [];

    public void AddSecret(string? secret)
    {
        if (secret is { Length: > 0 } && !_secrets.Contains(secret))
        {
            _secrets = [.. _secrets, secret];
        }
    }

    public bool HasNoSecret(string text) => Redact(text) == text;

    public string Clean(string text)
    {
        // Redacted before it is cut, or the cut could leave a part of a secret. What lies further than a secret reaches is not looked at.
        var reach = MaxLength + (_secrets.Select(secret => secret.Length).DefaultIfEmpty().Max() * SecretPattern.MaxLengthPerCharacter);
        text = ReplaceUnprintable(Redact(text.Length > reach ? text.Substring(0, reach) : text));
        return text.Length <= MaxLength ? text : $"{text.Substring(0, MaxLength - (char.IsHighSurrogate(text[MaxLength - 2]) ? 2 : 1))}…";
    }

    /// <summary>
    /// The exception itself, if nothing in it gives anything away or is unprintable; otherwise one of the same kind, as far as a handler can
    /// ask for it, with clean words and without what is inside.
    /// </summary>
    public Exception Clean(Exception exception)
    {
        // Of several lines, as a stack trace is.
        var words = exception.ToString().Replace('\r', ' ').Replace('\n', ' ');
        if (HasNoSecret(words) && ReplaceUnprintable(words) == words)
        {
            return exception;
        }

        var message = Clean(exception.Message);
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

    /// <summary>One line, without controls, marks of direction and other invisible characters, and without half a surrogate pair.</summary>
    public static string ReplaceUnprintable(string text)
    {
        if (text.All(character => character is >= ' ' and <= '~'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
        {
            var length = char.IsSurrogatePair(text, i) ? 2 : 1;
            clean = CharUnicodeInfo.GetUnicodeCategory(text, i) switch
            {
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => clean.Append(' ', length),
                UnicodeCategory.Surrogate => clean.Append('\uFFFD'),
                _ => clean.Append(text, i, length),
            };
        }

        return clean.ToString();
    }

    private string Redact(string text) => _secrets.Aggregate(text, SecretPattern.Redact);
}
