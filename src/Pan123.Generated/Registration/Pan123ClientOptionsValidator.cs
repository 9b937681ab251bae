namespace Pan123;

/// <summary>Says what is wrong with the options and what to do about it, all at once. No secret is repeated.</summary>
internal sealed class Pan123ClientOptionsValidator(IServiceProvider services) : IValidateOptions<Pan123ClientOptions>
{
    public ValidateOptionsResult Validate(string? name, Pan123ClientOptions options)
    {
        var problems = new[] { FindBaseAddressProblem(options.BaseAddress), FindAccessTokenProblem(options) }
            .Concat(FindRangeProblems(options))
            .OfType<string>()
            .ToList();
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
        var quoted = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return $"{Name} ('{quoted}') has a user name, a query or a fragment: give only scheme, host, port and path.";
        }

        return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback
            ? null
            : $"{Name} is '{quoted}': plain http would show the access token to the network, so use https. Plain http is for the loopback only (127.0.0.1, [::1], localhost).";
    }

    // The bounds of Polly, where it has some, and those of common sense.
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

    private static string? Check<T>(string name, T value, T least, T most, string why = "")
        where T : IComparable<T> => value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
        ? null
        : FormattableString.Invariant($"The option {name} is {value}: give a value from {least}{why} to {most}.");

    private string? FindAccessTokenProblem(Pan123ClientOptions options)
    {
        const string Token = nameof(Pan123ClientOptions.AccessToken);
        const string Id = nameof(Pan123ClientOptions.ClientId);
        const string Secret = nameof(Pan123ClientOptions.ClientSecret);

        return (options.AccessToken, options.ClientId, options.ClientSecret) switch
        {
            (null, null, null) => MayHaveProvider ? null : $"There is no access token: set the options {Id} and {Secret}, or {Token}, from a secret store or the configuration, or register an {nameof(IAccessTokenProvider)}.",
            ({ } token, null, null) => AccessToken.FindProblem(token) is { } problem ? $"The option {Token} {problem}." : null,
            (null, { } id, { } secret) when !string.IsNullOrWhiteSpace(id) && !string.IsNullOrWhiteSpace(secret) => null,
            (null, _, _) => $"The options {Id} and {Secret} go together: set both, and neither empty.",
            _ => $"The option {Token} and the options {Id} and {Secret} exclude each other: set one or the other.",
        };
    }

    // Only asked whether there is one: making it here could need these very options. A container that cannot tell is trusted; without
    // a provider the first call then fails, and sends nothing.
    private bool MayHaveProvider => services.GetService<IServiceProviderIsService>()?.IsService(typeof(IAccessTokenProvider)) ?? true;
}
