using System.Net;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Pan123.Cli;

/// <summary>
/// What an exception says, in its user's language. The messages of the library and of .NET are English. In another language, the sentence is made of the
/// exception's type and properties, and what only exists in English, or comes from the service, is quoted.
/// </summary>
internal static class ErrorText
{
    /// <summary>The message, a sentence.</summary>
    public static string Of(Exception failure) => failure switch
    {
        OptionsValidationException invalid => Describe(invalid),
        _ when !Language.IsChinese => failure.Message,
        Pan123ApiException rejection => Describe(rejection),
        Pan123OutcomeUnknownException unknown => Describe(unknown),
        Pan123NotSentException notSent => Texts.Of($"Nothing was sent: {ReasonOf(notSent)}"),
        FileNotFoundException => Texts.Of($"The file does not exist."),
        DirectoryNotFoundException => Texts.Of($"The folder does not exist."),
        UnauthorizedAccessException => Texts.Of($"The access is denied."),
        _ => Quote(failure.Message),
    };

    /// <summary>The same, for a text that says itself that nothing was sent.</summary>
    public static string ReasonOf(Exception failure) => failure is not Pan123NotSentException notSent ? Of(failure) : !Language.IsChinese ? notSent.Reason : notSent.InnerException switch
    {
        Pan123ApiException { StatusCode: HttpStatusCode.TooManyRequests } or Pan123ApiException { Code: (Pan123ErrorCode)429 } =>
            Texts.Of($"The rate limit of the service was reached: {Of(notSent.InnerException)}"),
        // The one that stopped the run is not a part of the reason.
        Pan123Exception failed when !notSent.Reason.Contains(failed.Message, StringComparison.Ordinal) => Texts.Of($"The run stopped at its first failure."),
        Pan123Exception failed => Texts.Of($"No access token could be requested: {ReasonOf(failed)}"),
        HttpRequestException unreachable => Texts.Of($"The service could not be reached: {Quote(unreachable.Message)}"),
        BrokenCircuitException => Texts.Of($"Too many requests failed before, so no request is sent for a while."),
        TimeoutRejectedException => Texts.Of($"The time ran out before the request's turn."),
        OperationCanceledException => Texts.Of($"The request was cancelled."),
        // This program has made it, in the user's language, or the library has.
        _ => IsChinese(notSent.Reason) ? notSent.Reason : Quote(notSent.Reason),
    };

    /// <summary>English words in a text of another language.</summary>
    public static string Quote(string english) => !Language.IsChinese ? english : Texts.Of($"'{english.Trim().TrimEnd('.')}'.");

    private static bool IsChinese(string text) => text.Any(character => character is >= '\u4E00' and <= '\u9FFF');

    private static string Describe(OptionsValidationException invalid)
    {
        var problems = string.Join(Environment.NewLine, invalid.Failures.Select(Quote));
        return Language.IsChinese ? Texts.Of($"An option of the client is invalid: {problems}") : problems;
    }

    private static string Describe(Pan123ApiException rejection)
    {
        if (rejection.StatusCode is not { } status)
        {
            return Texts.Of($"The files are not in the recycle bin, as a lookup says, so they were not deleted. Before it: {Of(rejection.InnerException!)}");
        }

        if (rejection.Code is not { } code)
        {
            return Texts.Of($"The service, or a gateway before it, rejected the request with HTTP {(int)status} and no envelope: '{rejection.ResponseExcerpt}'.");
        }

        var message = rejection.ApiMessage is { } words ? Texts.Of($"'{words}'") : Texts.Of($"no message");
        return rejection.TraceId is { } traceId
            ? Texts.Of($"The service rejected the request: {message} (code {(int)code}, HTTP {(int)status}, trace ID {traceId}).")
            : Texts.Of($"The service rejected the request: {message} (code {(int)code}, HTTP {(int)status}).");
    }

    private static string Describe(Pan123OutcomeUnknownException unknown)
    {
        var reason = unknown switch
        {
            // Only a journal has this: see JournalHistory.
            { StatusCode: null, InnerException: Pan123NotSentException notSent } =>
                Texts.Of($"An earlier run sent them and got no valid response. This run did not send them: {ReasonOf(notSent)}"),
            { StatusCode: null, InnerException: Pan123Exception failed } =>
                Texts.Of($"An earlier run sent them and got no valid response. This run: {Of(failed)}"),
            { InnerException: Pan123ApiException rejection } =>
                Texts.Of($"One attempt got no response and a later one was rejected, perhaps because the first one had done the work: {Of(rejection)}"),
            { StatusCode: { } status, ResponseExcerpt: "" } =>
                Texts.Of($"The response (HTTP {(int)status}) is not the documented envelope: it was empty."),
            { StatusCode: { } status, ResponseExcerpt: { } excerpt } =>
                Texts.Of($"The response (HTTP {(int)status}) is not the documented envelope. It began '{excerpt}'."),
            { StatusCode: not null } => Quote(unknown.Message),
            { InnerException: OperationCanceledException } => Texts.Of($"The request was sent and cancelled before a response came."),
            { InnerException: { } inner } => Texts.Of($"The request was sent and no response came: {Quote(inner.Message)}"),
            _ => Texts.Of($"The request was sent and no response came."),
        };
        return unknown.FileIds.Count == 0
            ? reason
            : Texts.Of($"The outcome of {Plural.Files(unknown.FileIds.Count)} is unknown. {reason} Retrying is safe.");
    }
}
