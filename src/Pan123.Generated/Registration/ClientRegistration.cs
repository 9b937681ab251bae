namespace Pan123;

/// <summary>One call of <c>AddPan123Client</c> or <c>AddPan123ClientFactory</c>.</summary>
/// <param name="Name">The name of the client; empty for the default client.</param>
/// <param name="HasOptions">Whether it sets options.</param>
/// <param name="HasClient">Whether it adds a client with its own account, and not only the factory.</param>
internal sealed record ClientRegistration(string Name, bool HasOptions, bool HasClient);
