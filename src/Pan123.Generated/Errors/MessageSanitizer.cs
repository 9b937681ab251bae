namespace Pan123;

/// <summary>
/// The one place that sanitizes text from outside (a response, an exception of .NET or of the application) for exceptions, logs, activities
/// and results: one line of at most 256 characters, no terminal control characters or direction marks, and no secret of the call.
/// </summary>
internal sealed class MessageSanitizer
{
    private const int MaxLength = 256;

    private string[] _secrets = [];
    private int _maxSecretLength;

    public void AddSecret(string? secret)
    {
        if (secret is { Length: > 0 } && !_secrets.Contains(secret))
        {
            _maxSecretLength = Math.Max(_maxSecretLength, secret.Length);
            _secrets = [.. _secrets, secret];
        }
    }

    public bool ContainsSecret(string text) => Redact(text) != text;

    public string Clean(string text)
    {
        // Redacted before it is cut, because the cut could leave part of a secret. A long text is not searched to its end: only so far that
        // the last part of it, which may end within a secret, is not shown.
        var secretReach = _maxSecretLength * SecretPattern.MaxLengthPerCharacter;
        var (length, redacted) = (MaxLength + secretReach, "");
        do
        {
            length *= 2;
            redacted = Redact(text.Substring(0, Math.Min(text.Length, length)));
        }
        while (length < text.Length && redacted.Length <= MaxLength + secretReach);

        text = ReplaceUnprintable(redacted);
        return text.Length <= MaxLength ? text : $"{text.Substring(0, MaxLength - (char.IsHighSurrogate(text[MaxLength - 2]) ? 2 : 1))}…";
    }

    /// <summary>
    /// The exception itself if it contains no secret and nothing unprintable; otherwise one of the same kind, as far as handlers tell kinds
    /// apart, with a clean message and without inner exceptions.
    /// </summary>
    public Exception Clean(Exception exception)
    {
        // A stack trace has several lines.
        var text = exception.ToString().Replace('\r', ' ').Replace('\n', ' ');
        if (!ContainsSecret(text) && ReplaceUnprintable(text) == text)
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

    /// <summary>One line, without control characters, direction marks, other invisible characters, and lone surrogates.</summary>
    public static string ReplaceUnprintable(string text)
    {
        var clean = default(StringBuilder);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and <= '~')
            {
                continue;
            }

            var isPair = char.IsSurrogatePair(text, i);
            var replacement = CharUnicodeInfo.GetUnicodeCategory(text, i) switch
            {
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => isPair ? "  " : " ",
                UnicodeCategory.Surrogate => "\uFFFD",
                _ => null,
            };
            if (replacement is not null)
            {
                clean = (clean ?? new StringBuilder(text)).Remove(i, replacement.Length).Insert(i, replacement);
            }

            i += isPair ? 1 : 0;
        }

        return clean?.ToString() ?? text;
    }

    private string Redact(string text)
    {
        foreach (var secret in _secrets)
        {
            text = SecretPattern.Redact(text, secret);
        }

        return text;
    }
}
