using System.Globalization;
using System.Net;

namespace Pan123;

/// <summary>
/// The request was sent and no verdict came back. An operation that deletes turns it into a <see cref="Pan123OutcomeUnknownException"/>
/// with the IDs that only it knows.
/// </summary>
internal sealed class NoVerdictException : Pan123Exception
{
    public NoVerdictException(Exception innerException)
        : base($"The request was sent and no answer came back: {innerException.Message}", null, null, innerException)
    {
    }

    public NoVerdictException(Pan123ApiException refusal)
        : base(
            $"An attempt got no answer, and a later one a refusal, perhaps because the first had done the work: {refusal.Message}",
            refusal.HttpStatus,
            refusal.ResponseExcerpt,
            refusal)
    {
    }

    public NoVerdictException(HttpStatusCode httpStatus, string problem, string responseExcerpt)
        : base(Describe(httpStatus, problem, responseExcerpt), httpStatus, responseExcerpt, null)
    {
    }

    public Pan123OutcomeUnknownException For(IReadOnlyList<long> fileIds) => new(fileIds, Message, HttpStatus, ResponseExcerpt, InnerException);

    private static string Describe(HttpStatusCode httpStatus, string problem, string responseExcerpt) =>
        string.Format(
            CultureInfo.InvariantCulture,
            "The answer (HTTP {0:D}) is not the documented envelope: {1} It {2}.",
            httpStatus,
            problem,
            responseExcerpt.Length == 0 ? "was empty" : $"began '{responseExcerpt}'");
}
