using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Pan123;

/// <summary>
/// A call of an operation: the request as it was made, and what became of its attempts. A handler of the application may send copies of it:
/// they belong to the same call, and are found by its context.
/// </summary>
internal sealed class ApiRequest : HttpRequestMessage
{
    private static readonly AsyncLocal<ApiRequest?> Current = new();

    private readonly HttpMethod _method;
    private string[] _secrets = [];

    /// <param name="operation">The operation's ID in the specification.</param>
    /// <param name="method">Its verb.</param>
    /// <param name="address">Its path and query, relative to the address of the service.</param>
    /// <param name="body">What is sent as JSON; null for no body.</param>
    public ApiRequest(string operation, HttpMethod method, Uri address, IRequestBody? body = null)
        : base(method, address)
    {
        (Operation, _method, Attempts) = (operation, method, new Attempts());
        if (body is not null)
        {
            Body = Write(body);
            Content = new ApiRequestContent(this);
        }

#if !NET
        // .NET Framework would send "Expect: 100-continue", which the service did not ask for.
        Headers.ExpectContinue = false;
#endif
    }

    /// <summary>The operation's ID in the specification, whatever parameters are in its address.</summary>
    public string Operation { get; }

    /// <summary>False for an operation without security in the specification.</summary>
    public bool RequiresAccessToken { get; init; } = true;

    /// <summary>The access token to send the request with; null for none.</summary>
    public string? AccessToken
    {
        get;
        set
        {
            field = value;
            Hide(value);
        }
    }

    /// <summary>The files that the operation changes; null when it changes none.</summary>
    public IReadOnlyList<long>? FileIds { get; init; }

    /// <summary>A secret in the body. What is answered to it is another, and never quoted.</summary>
    public string? Secret
    {
        get;
        init
        {
            field = value;
            Hide(value);
        }
    }

    /// <summary>The body, in UTF-8; null for none.</summary>
    public byte[]? Body { get; }

    public Attempts Attempts { get; }

    /// <summary>The call that a request belongs to; null when it belongs to none.</summary>
    public static ApiRequest? Find(HttpRequestMessage? request) => request as ApiRequest ?? Current.Value;

    /// <summary>Gives the call its whole address, by which its copies are recognized, and makes it that of this context.</summary>
    public void Begin(Uri? baseAddress)
    {
        // Without a base address, HttpClient says what is wrong.
        Address = RequestUri = baseAddress is null ? RequestUri! : new Uri(baseAddress, RequestUri!);
        Current.Value = this;
    }

    /// <summary>Where the call is sent, as it was when it began.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Whether a request still asks for what the call asked for, apart from its body.</summary>
    public bool IsAskedBy(HttpRequestMessage request) => request.Method == _method && request.RequestUri == Address;

    /// <summary>A text from outside, fit for a message; see <see cref="MessageSanitizer"/>.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Clean(string? text) => text is null ? null : MessageSanitizer.Clean(text, _secrets);

    /// <summary>Whether a text has no secret of this call in it.</summary>
    public bool HasNoSecret(string text) => MessageSanitizer.HasNoSecret(text, _secrets);

    /// <summary>An exception, without what its words may give away; itself, if they give nothing away.</summary>
    public Exception Clean(Exception exception) => MessageSanitizer.Clean(exception, _secrets);

    // An array of its own, since a transport may keep it: in a buffer that is used again, it would find another call's IDs.
    private static byte[] Write(IRequestBody body)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            body.WriteTo(writer);
        }

        return json.ToArray();
    }

    // Every token of the call, also the one before a renewal.
    private void Hide(string? secret)
    {
        if (secret is { Length: > 0 } && Array.IndexOf(_secrets, secret) < 0)
        {
            _secrets = [.. _secrets, secret];
        }
    }
}
