using System.CommandLine;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Which service, and who asks it: from the environment, a profile and options.</summary>
internal static class ClientSettings
{
    /// <summary>Stands in for an access token that is missing where nothing will be sent.</summary>
    public const string NoAccessToken = "none";

    public static Option<string?> BaseAddressOption() => new("--base-address")
    {
        Description = Texts.Of($"The address of the service. Default: the value of {EnvironmentVariable.BaseAddress}, otherwise {Pan123Client.DefaultBaseAddress}."),
        HelpName = "uri",
    };

    /// <summary>The credentials in the environment; without any, those of a profile.</summary>
    /// <param name="context">Has the environment variables and the profiles.</param>
    /// <param name="profile">The profile that the option names; null if it is not given.</param>
    /// <param name="baseAddress">What the option says; null if it is not given.</param>
    /// <param name="requireCredentials">False if nothing will be sent; then the access token is a placeholder.</param>
    /// <param name="tryOut">How to try the command without credentials, a sentence.</param>
    /// <returns>The options, and the profile that they are from, if they are from one.</returns>
    /// <exception cref="UsageException">There are no credentials, or they do not go together.</exception>
    public static (Pan123ClientOptions Options, string? Profile) Read(ProcessContext context, string? profile, string? baseAddress, bool requireCredentials, string tryOut)
    {
        var options = new Pan123ClientOptions
        {
            AccessToken = Read(context.ReadVariable, EnvironmentVariable.AccessToken),
            ClientId = Read(context.ReadVariable, EnvironmentVariable.ClientId),
            ClientSecret = Read(context.ReadVariable, EnvironmentVariable.ClientSecret),
        };
        var variables = FindVariables(context.ReadVariable);
        if (profile is not null && variables.Length > 0)
        {
            // Neither goes before the other: what is deleted in the wrong drive is lost.
            throw new UsageException(Texts.Of($"The profile '{profile}' and {variables} in the environment exclude each other: omit --profile or unset {variables}. Nothing was sent."));
        }

        profile ??= variables.Length == 0 && context.Profiles.Exists(ProfileFolder.DefaultName) ? ProfileFolder.DefaultName : null;
        if (profile is not null)
        {
            (options.ClientId, options.ClientSecret) = context.Profiles.Read(profile);
        }

        var problem = (options.AccessToken, options.ClientId, options.ClientSecret) switch
        {
            (null, null, null) when !requireCredentials => null,
            (null, null, null) => Texts.Of($"There are no credentials. Log in with 'pan123 login', or set the environment variables {EnvironmentVariable.ClientId} and {EnvironmentVariable.ClientSecret}, or {EnvironmentVariable.AccessToken}. {tryOut}"),
            (null, null, _) or (null, _, null) => Texts.Of($"The environment variables {EnvironmentVariable.ClientId} and {EnvironmentVariable.ClientSecret} go together: set both."),
            (not null, null, null) or (null, _, _) => null,
            _ => Texts.Of($"The environment variables {EnvironmentVariable.AccessToken}, {EnvironmentVariable.ClientId} and {EnvironmentVariable.ClientSecret} exclude each other: set only the first one, or only the other two."),
        };
        if (problem is not null)
        {
            throw new UsageException(problem);
        }

        if (!requireCredentials && options.ClientId is null)
        {
            options.AccessToken ??= NoAccessToken;
        }

        SetBaseAddress(options, context.ReadVariable, baseAddress);
        return (options, profile);
    }

    /// <param name="options">Are changed.</param>
    /// <param name="readVariable">Reads an environment variable.</param>
    /// <param name="baseAddress">What the option says; null if it is not given.</param>
    public static void SetBaseAddress(Pan123ClientOptions options, Func<string, string?> readVariable, string? baseAddress)
    {
        if ((baseAddress ?? Read(readVariable, EnvironmentVariable.BaseAddress)) is { } address)
        {
            // An invalid address is rejected by the client, together with all other invalid options.
            options.BaseAddress = Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out var uri) ? uri : new Uri(Uri.EscapeDataString(address), UriKind.Relative);
        }
    }

    /// <summary>Says that credentials in the environment go before the default profile, if there are some.</summary>
    public static void ShowEnvironment(ProcessContext context)
    {
        if (FindVariables(context.ReadVariable) is { Length: > 0 } variables)
        {
            context.Terminal.Messages.MarkupLineLocalized($"[olive]No profile is used as long as the environment has {variables}.[/]");
        }
    }

    /// <returns>The names of those with credentials that are set.</returns>
    private static string FindVariables(Func<string, string?> readVariable) => string.Join(
        Texts.Of($" and "),
        new[] { EnvironmentVariable.AccessToken, EnvironmentVariable.ClientId, EnvironmentVariable.ClientSecret }.Where(name => Read(readVariable, name) is not null));

    private static string? Read(Func<string, string?> readVariable, string name) => readVariable(name) is { Length: > 0 } value ? value : null;
}
