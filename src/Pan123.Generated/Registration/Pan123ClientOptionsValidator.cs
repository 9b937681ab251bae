namespace Pan123;

/// <summary>Reports all problems of the options at once, and what to do about them, without any secret.</summary>
internal sealed class Pan123ClientOptionsValidator(IServiceProvider services) : IValidateOptions<Pan123ClientOptions>
{
    public ValidateOptionsResult Validate(string? name, Pan123ClientOptions options)
    {
        var problems = new[] { FindRegistrationProblem(name ?? ""), FindBaseAddressProblem(options.BaseAddress), FindAccessTokenProblem(name ?? "", options) }
            .Concat(FindRangeProblems(options))
            .OfType<string>()
            .Select(problem => string.IsNullOrEmpty(name) ? problem : $"Client '{name}': {problem}")
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    // Otherwise the last registration would win, and the other code would delete files in the wrong drive.
    private string? FindRegistrationProblem(string client) =>
        services.GetServices<ClientRegistration>().Count(registration => registration.Name == client && registration.HasOptions) > 1
            ? $"The client is registered more than once with options: give each account its own name, AddPan123Client(\"name\", …); to change options, use Configure<{nameof(Pan123ClientOptions)}>."
            : null;

    private static string? FindBaseAddressProblem(Uri? address)
    {
        const string Name = $"The option {nameof(Pan123ClientOptions.BaseAddress)}";

        if (address is not { IsAbsoluteUri: true } || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            return $"{Name} is '{address}': give an absolute https address, such as {Pan123Client.DefaultBaseAddress}.";
        }

        // Not quoted in full: the part before the host, or the query, may contain a password.
        var quoted = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return $"{Name} ('{quoted}') has a user name, a query or a fragment: give only scheme, host, port and path.";
        }

        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? null
            : $"{Name} is '{quoted}': plain http would show the access token to the network, so use https. Plain http is for the loopback only (127.0.0.1, [::1], localhost).";
    }

    // Polly's bounds where it has any, otherwise what is reasonable.
    private static IEnumerable<string?> FindRangeProblems(Pan123ClientOptions options)
    {
        var (halfSecond, hour, day) = (TimeSpan.FromSeconds(0.5), TimeSpan.FromHours(1), TimeSpan.FromDays(1));
        var attempt = new TimeSpan(Math.Min(Math.Max(options.AttemptTimeout.Ticks, 0), hour.Ticks));
        var twoAttempts = new TimeSpan(Math.Max(attempt.Ticks * 2, halfSecond.Ticks));

        yield return Check(nameof(options.AccessTokenRenewalMargin), options.AccessTokenRenewalMargin, TimeSpan.Zero, TimeSpan.MaxValue);
        yield return Check(nameof(options.RequestsPerSecond), options.RequestsPerSecond ?? 1, 1, int.MaxValue);
        yield return Check(nameof(options.MaxRetries), options.MaxRetries, 0, 10);
        yield return Check(nameof(options.RetryDelay), options.RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        yield return Check(nameof(options.AttemptTimeout), options.AttemptTimeout, TimeSpan.FromMilliseconds(10), hour);
        yield return Check(nameof(options.TotalTimeout), options.TotalTimeout, attempt, day, $", the {nameof(options.AttemptTimeout)},");
        yield return Check(nameof(options.CircuitBreakerFailureRatio), options.CircuitBreakerFailureRatio, 0.01, 1);
        yield return Check(nameof(options.CircuitBreakerMinimumThroughput), options.CircuitBreakerMinimumThroughput, 2, int.MaxValue);
        yield return Check(
            nameof(options.CircuitBreakerSamplingDuration), options.CircuitBreakerSamplingDuration, twoAttempts, day, $", twice the {nameof(options.AttemptTimeout)},");
        yield return Check(nameof(options.CircuitBreakerBreakDuration), options.CircuitBreakerBreakDuration, halfSecond, hour);
    }

    private static string? Check<T>(string name, T value, T min, T max, string why = "")
        where T : IComparable<T> => value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0
        ? null
        : FormattableString.Invariant($"The option {name} is {value}: give a value from {min}{why} to {max}.");

    private string? FindAccessTokenProblem(string client, Pan123ClientOptions options)
    {
        const string Token = nameof(Pan123ClientOptions.AccessToken);
        const string Id = nameof(Pan123ClientOptions.ClientId);
        const string Secret = nameof(Pan123ClientOptions.ClientSecret);

        return (options.AccessToken, options.ClientId, options.ClientSecret) switch
        {
            (null, null, null) => !IsClient(client) || MayHaveProvider(client) ? null : $"There is no access token: set the options {Id} and {Secret}, or {Token}, from a secret store or the configuration, or register an {nameof(IAccessTokenProvider)}.",
            ({ } token, null, null) => AccessToken.FindProblem(token) is { } problem ? $"The option {Token} {problem}." : null,
            (null, { } id, { } secret) when !string.IsNullOrWhiteSpace(id) && !string.IsNullOrWhiteSpace(secret) => null,
            (null, _, _) => $"The options {Id} and {Secret} go together: set both, and neither empty.",
            _ => $"The option {Token} and the options {Id} and {Secret} exclude each other: set one or the other.",
        };
    }

    // The accounts of a factory bring their own tokens.
    private bool IsClient(string name) => services.GetServices<ClientRegistration>().Any(registration => registration.Name == name && registration.HasClient);

    // Only checks whether one is registered: creating it could need these very options. If the container cannot tell, a provider is
    // assumed; without one the first call fails, and sends nothing.
    private bool MayHaveProvider(string client) => client.Length == 0
        ? services.GetService<IServiceProviderIsService>()?.IsService(typeof(IAccessTokenProvider)) ?? true
        : services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(IAccessTokenProvider), client) ?? true;
}
