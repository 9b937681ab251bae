namespace Pan123;

/// <summary>A request to the service, through all its attempts: it knows whether one of them may have done its work unheard.</summary>
internal sealed class ApiRequest : HttpRequestMessage
{
    // Set on the transport's thread.
    private volatile bool _isRead;
    private volatile bool _isSent;
    private bool _isUnderWay;
    private bool _isLost;

    /// <param name="operation">The operation's ID in the specification.</param>
    /// <param name="method">Its verb.</param>
    /// <param name="address">Its path and query, relative to the address of the service.</param>
    /// <param name="body">What is sent as JSON; null for no body.</param>
    public ApiRequest(string operation, HttpMethod method, Uri address, IRequestBody? body = null)
        : base(method, address)
    {
        Operation = operation;
        Content = body is null ? null : new JsonRequestContent(this, body);

#if !NET
        // .NET Framework would send "Expect: 100-continue", which the service did not ask for.
        Headers.ExpectContinue = false;
#endif
    }

    /// <summary>The operation's ID in the specification, whatever parameters are in its address.</summary>
    public string Operation { get; }

    /// <summary>False for an operation without security in the specification.</summary>
    public bool RequiresAccessToken { get; init; } = true;

    /// <summary>A secret in the body, which an answer may echo, as its payload may be another; null when there is none.</summary>
    public string? Secret { get; init; }

    /// <summary>Whether anything has begun to read the body, in whichever attempt.</summary>
    public bool WasSent => _isRead;

    /// <summary>
    /// Whether an attempt was sent and was not refused. That tells "nothing was sent" from "no verdict came back" on every platform,
    /// whatever exception a transport throws.
    /// </summary>
    public bool IsInDoubt => _isLost || (_isUnderWay && _isSent);

    /// <summary>The answer to the last attempt; null when there was none.</summary>
    public ApiAnswer? Answer { get; private set; }

    /// <summary>The last refusal; null when there was none. An attempt that was lost may have come before it.</summary>
    public ApiAnswer? Refusal { get; private set; }

    public void BeginAttempt()
    {
        _isLost = IsInDoubt;
        _isUnderWay = true;
        Answer = null;

        // Of a request without a body nobody can tell whether it was sent.
        _isRead |= Content is null;

        // Once the body was read, a handler of the application may keep it and send that: only what was never read was certainly
        // not sent. Better unknown than wrong.
        _isSent = _isRead;
    }

    /// <summary>The attempt was answered. Unless refused it stays in doubt until its success has reached the caller.</summary>
    public void EndAttempt(ApiAnswer answer)
    {
        Answer = answer;
        if (answer.IsRefusal)
        {
            Refusal = answer;
            _isUnderWay = false;
        }
    }

    public void BodyIsRead() => _isRead = _isSent = true;
}
