using System.Net;

namespace Pan123;

/// <summary>
/// A call to the service failed. What that means for the files is said by the type:
/// <see cref="Pan123ApiException"/>, <see cref="Pan123OutcomeUnknownException"/> or <see cref="Pan123NotSentException"/>.
/// No exception of this library contains the access token.
/// </summary>
public abstract class Pan123Exception : Exception
{
    private protected Pan123Exception(string message, HttpStatusCode? httpStatus, string? responseExcerpt, Exception? innerException)
        : base(message, innerException)
    {
        HttpStatus = httpStatus;
        ResponseExcerpt = responseExcerpt;
    }

    /// <summary>The HTTP status of the answer; null when no answer came. It is often 200: the service puts its errors into the body.</summary>
    public HttpStatusCode? HttpStatus { get; }

    /// <summary>
    /// How the answer began, if it was not the documented envelope: one line of at most 256 characters. Otherwise null.
    /// </summary>
    public string? ResponseExcerpt { get; }
}
