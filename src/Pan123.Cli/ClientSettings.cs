using System.CommandLine;

namespace Pan123.Cli;

/// <summary>Which service, and who asks it: from the environment and an option.</summary>
internal static class ClientSettings
{
    private const string Credentials = $"{EnvironmentVariable.ClientId} and {EnvironmentVariable.ClientSecret}";

    /// <summary>In place of an access token where nothing is to be sent and there is none.</summary>
    public const string NoAccessToken = "none";

    public static Option<string?> BaseAddressOption() => new("--base-address")
    {
        Description = $"Where the service is. Default: {EnvironmentVariable.BaseAddress}, or {Pan123Client.DefaultBaseAddress}.",
        HelpName = "uri",
    };

    /// <param name="readVariable">Reads an environment variable.</param>
    /// <param name="baseAddress">What the option says; null if it is not given.</param>
    /// <param name="requireCredentials">False if nothing is to be sent; then the access token is a placeholder.</param>
    /// <exception cref="UsageException">There are no credentials, or they do not go together.</exception>
    public static Pan123ClientOptions Read(Func<string, string?> readVariable, string? baseAddress, bool requireCredentials)
    {
        var options = new Pan123ClientOptions
        {
            AccessToken = ReadVariable(EnvironmentVariable.AccessToken),
            ClientId = ReadVariable(EnvironmentVariable.ClientId),
            ClientSecret = ReadVariable(EnvironmentVariable.ClientSecret),
        };
        var problem = (options.AccessToken, options.ClientId, options.ClientSecret) switch
        {
            (null, null, null) when !requireCredentials => null,
            (null, null, null) => $"There are no credentials: set the environment variables {Credentials}, or {EnvironmentVariable.AccessToken}. To try without an account, add --emulator.",
            (null, null, _) or (null, _, null) => $"The environment variables {Credentials} go together: set both.",
            (not null, null, null) or (null, _, _) => null,
            _ => $"The environment variable {EnvironmentVariable.AccessToken} and {Credentials} exclude each other: set one or the other.",
        };
        if (problem is not null)
        {
            throw new UsageException(problem);
        }

        if (!requireCredentials && options.ClientId is null)
        {
            options.AccessToken ??= NoAccessToken;
        }

        if ((baseAddress ?? ReadVariable(EnvironmentVariable.BaseAddress)) is { } address)
        {
            // An invalid address is rejected by the client, together with all other invalid options.
            options.BaseAddress = Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out var uri) ? uri : new Uri(Uri.EscapeDataString(address), UriKind.Relative);
        }

        return options;

        string? ReadVariable(string name) => readVariable(name) is { Length: > 0 } value ? value : null;
    }
}
