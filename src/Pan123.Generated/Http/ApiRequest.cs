namespace Pan123;

/// <summary>
/// A call of an operation: the request as it was created, and the results of its attempts. A custom handler may send copies of the request:
/// they belong to the same call, which is found by its execution context.
/// </summary>
internal sealed class ApiRequest : HttpRequestMessage
{
    private static readonly AsyncLocal<ApiRequest?> Current = new();

    private readonly HttpMethod _method;
    private Uri? _baseAddress;

    /// <param name="operation">The operation's ID in the specification.</param>
    /// <param name="method">Its HTTP method.</param>
    /// <param name="address">Its path and query, relative to the address of the service.</param>
    /// <param name="body">What is sent as JSON; null for no body.</param>
    public ApiRequest(string operation, HttpMethod method, Uri address, IRequestBody? body = null)
        : base(method, address)
    {
        (Operation, _method, Attempts) = (operation, method, new Attempts(this));
        if (body is not null)
        {
            Body = RequestBodySerializer.Write(body);
            Content = new ApiRequestContent(this);
        }

#if !NET
        // .NET Framework would send "Expect: 100-continue", which the service does not require:
        // https://datatracker.ietf.org/doc/html/rfc9110#section-10.1.1
        Headers.ExpectContinue = false;
#endif
    }

    /// <summary>The operation's ID in the specification, whatever parameters are in its address.</summary>
    public string Operation { get; }

    /// <summary>False for an operation whose <c>security</c> is empty in the specification.</summary>
    public bool RequiresAccessToken { get; init; } = true;

    /// <summary>The account whose files it concerns.</summary>
    public Account Account { get; set; } = null!;

    /// <summary>Provides its access token; null for the provider of the registered client.</summary>
    public IAccessTokenProvider? AccessTokenProvider { get; set; }

    /// <summary>The access token to send with the request; null for none.</summary>
    public string? AccessToken { get; set => Messages.AddSecret(field = value); }

    /// <summary>The platform's limit for the operation; null if none is known.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>What the operation does to the files, one word such as "deleted"; null when it changes none.</summary>
    public string? Effect { get; init; }

    /// <summary>The files that the operation changes; null when it changes none.</summary>
    public IReadOnlyList<long>? FileIds { get; init; }

    /// <summary>The secret in the body; null for none. The response then contains another secret, and is never quoted.</summary>
    public string? Secret { get; init => Messages.AddSecret(field = value); }

    /// <summary>The rate limiter that its requests wait for; null before the first one.</summary>
    public OperationRateLimiter? RateLimiter { get; set; }

    /// <summary>The body, in UTF-8; null for none.</summary>
    public byte[]? Body { get; }

    /// <summary>Its address when it began.</summary>
    public Uri? Address { get; private set; }

    public Attempts Attempts { get; }

    /// <summary>Redacts every secret of the call, also the token before a renewal.</summary>
    public MessageSanitizer Messages { get; } = new();

    /// <summary>The call of this execution context; null if there is none.</summary>
    public static ApiRequest? Find() => Current.Value;

    /// <returns>The call that a request belongs to.</returns>
    /// <exception cref="InvalidOperationException">The request belongs to no call, so its outcome would not be recorded.</exception>
    public static ApiRequest Get(HttpRequestMessage request) => request as ApiRequest ?? Current.Value
        ?? throw new InvalidOperationException("a custom handler sent the request outside its call's execution context, so its outcome would not be recorded.");

    /// <summary>Gives the call its absolute address, by which its copies are recognized, and makes it the current one of this execution context.</summary>
    public void Begin(Uri? baseAddress)
    {
        // Without a base address, HttpClient throws an exception that says so.
        _baseAddress = baseAddress;
        Address = RequestUri = baseAddress is null ? RequestUri! : new Uri(baseAddress, RequestUri!);
        Current.Value = this;
    }

    /// <summary>Whether a request still has the method and address of the call.</summary>
    public bool Matches(HttpRequestMessage request) => request.Method == _method && request.RequestUri == Address;

    /// <summary>Whether the call goes to a service. Its address needs no closer look, which is slow, if it was made from that of the service.</summary>
    public bool IsAt(Uri service) => _baseAddress == service || (Address is { } address && service.IsBaseOf(address));
}
