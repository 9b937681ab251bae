namespace Pan123;

/// <summary>An access token of the 123pan Open Platform. Whoever has it can do with the drive what its owner can.</summary>
public sealed class AccessToken
{
    /// <summary>Wraps a token.</summary>
    /// <param name="value">The token as the platform issued it, without "Bearer" before it.</param>
    /// <param name="expiresAt">When it expires; null when that is not known.</param>
    /// <exception cref="ArgumentException">
    /// It is null, empty, or has a character that an HTTP header cannot carry. The message does not repeat it.
    /// </exception>
    public AccessToken(string value, DateTimeOffset? expiresAt = null)
    {
        // Checked here, because the exceptions of HttpHeaders quote what they refuse.
        if (FindProblem(value) is { } problem)
        {
            throw new ArgumentException($"The access token {problem}.", nameof(value));
        }

        (Value, ExpiresAt) = (value, expiresAt);
    }

    /// <summary>The token itself: a secret.</summary>
    public string Value { get; }

    /// <summary>When it expires; null when that is not known.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Says that it is an access token, never which.</summary>
    public override string ToString() => "[access token]";

    /// <summary>What is wrong with a token, to follow the words "the access token", without the token itself; null when nothing is.</summary>
    internal static string? FindProblem(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return "is empty";
        }

        if (value!.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return "must be given without \"Bearer\" before it";
        }

        var position = value.TakeWhile(character => character is > ' ' and <= '~').Count();
        return position == value.Length
            ? null
            : $"has a blank, a line break or another character that HTTP headers cannot carry, at position {position + 1} of {value.Length}";
    }
}
