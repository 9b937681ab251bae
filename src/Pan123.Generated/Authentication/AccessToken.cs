namespace Pan123;

/// <summary>An access token of the 123pan Open Platform. It grants full access to the drive: treat it as a secret.</summary>
public sealed class AccessToken
{
    /// <summary>Initializes a new instance.</summary>
    /// <param name="value">The token as the platform issued it, without the prefix "Bearer".</param>
    /// <param name="expiresAt">When the token expires; null, the default, if that is unknown.</param>
    /// <exception cref="ArgumentException">
    /// The value is null, blank, starts with "Bearer ", or has a character that HTTP headers do not allow. The message never contains the
    /// value.
    /// </exception>
    public AccessToken(string value, DateTimeOffset? expiresAt = null)
    {
        // Checked here, because the exceptions of HttpHeaders quote what they reject.
        if (FindProblem(value) is { } problem)
        {
            throw new ArgumentException($"The access token {problem}.", nameof(value));
        }

        (Value, ExpiresAt) = (value, expiresAt);
    }

    /// <summary>The token itself: a secret.</summary>
    public string Value { get; }

    /// <summary>When the token expires; null if that is unknown.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Returns a fixed placeholder, never the token.</summary>
    public override string ToString() => "[access token]";

    /// <summary>What is wrong with a token, to follow the words "the access token", without the token itself; null if it is valid.</summary>
    internal static string? FindProblem(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return "is empty";
        }

        if (value!.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return "starts with \"Bearer\": give it without that prefix";
        }

        var position = value.TakeWhile(character => character is > ' ' and <= '~').Count();
        return position == value.Length
            ? null
            : $"has a blank, a line break or another character that HTTP headers cannot carry, at position {position + 1} of {value.Length}";
    }
}
