using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pan123;

/// <summary>Says what is wrong with the options and what to do about it, all at once.</summary>
internal sealed class Pan123ClientOptionsValidator(IServiceProvider services) : IValidateOptions<Pan123ClientOptions>
{
    public ValidateOptionsResult Validate(string? name, Pan123ClientOptions options)
    {
        var problems = new[] { FindBaseAddressProblem(options.BaseAddress), FindAccessTokenProblem(options.AccessToken) }.OfType<string>().ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string? FindBaseAddressProblem(Uri? address)
    {
        const string Name = $"The option {nameof(Pan123ClientOptions.BaseAddress)}";

        if (address is not { IsAbsoluteUri: true } || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            return $"{Name} is '{address}': give an absolute https address, such as {Pan123Client.DefaultBaseAddress}.";
        }

        // Not quoted whole: what stands before the host, or in the query, may be a password.
        var quoted = address.GetLeftPart(UriPartial.Path).Replace($"{address.UserInfo}@", "", StringComparison.Ordinal);
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return $"{Name} ('{quoted}') has a user name, a query or a fragment: give only scheme, host, port and path.";
        }

        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? null
            : $"{Name} is '{quoted}': plain http would show the access token to the network, so use https. Plain http is for the loopback only (127.0.0.1, [::1], localhost).";
    }

    private string? FindAccessTokenProblem(string? accessToken)
    {
        const string Name = nameof(Pan123ClientOptions.AccessToken);

        // Only asked whether there is one: making it here could need these very options. A container that cannot tell is
        // trusted; without a provider the first call then fails, and sends nothing.
        var mayHaveProvider = services.GetService<IServiceProviderIsService>()?.IsService(typeof(IAccessTokenProvider)) ?? true;
        if (accessToken is null)
        {
            return mayHaveProvider
                ? null
                : $"There is no access token: set the option {Name}, from a secret store or the configuration, or register an {nameof(IAccessTokenProvider)}.";
        }

        return AccessToken.FindProblem(accessToken) is { } problem ? $"The option {Name} {problem}." : null;
    }
}
