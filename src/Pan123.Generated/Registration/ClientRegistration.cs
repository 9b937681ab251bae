namespace Pan123;

/// <summary>One call of <c>AddPan123Client</c>.</summary>
/// <param name="Name">The name of the client; empty for the default client.</param>
/// <param name="HasOptions">Whether it sets options.</param>
internal sealed record ClientRegistration(string Name, bool HasOptions);
