using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Pan123.Cli.Tests;

/// <summary>What becomes of the library's exceptions in Chinese. Those of a run, the messages show.</summary>
public sealed class ErrorTextTests
{
    private static readonly Pan123ApiException Rejection = new(HttpStatusCode.OK, (Pan123ErrorCode)5113, "no traffic", "t1");

    private static IEnumerable<TestCaseData> Failures =>
    [
        new(Rejection, "服务返回“no traffic”（错误码 5113，HTTP 200，traceID t1）。"),
        new(new Pan123ApiException(HttpStatusCode.OK, (Pan123ErrorCode)1, apiMessage: null, traceId: null), "服务返回错误，未说明原因（错误码 1，HTTP 200）。"),
        new(new Pan123ApiException(HttpStatusCode.Forbidden, code: null, apiMessage: null, traceId: null, "<html>"), "服务（或其前面的网关）以 HTTP 403 拒绝了请求，响应不是文档约定的格式：“<html>”。"),
        new(new Pan123NotSentException($"no access token could be had. {Rejection.Message}", Rejection), "请求未发送：获取 access_token 失败：服务返回“no traffic”（错误码 5113，HTTP 200，traceID t1）。"),
        new(new Pan123NotSentException("the run stopped at its first failure.", Rejection), "请求未发送：运行在首次失败后停止。"),
        new(new Pan123NotSentException("the run was cancelled."), "请求未发送：“the run was cancelled”。"),
        new(new Pan123NotSentException("运行已提前停止。"), "请求未发送：运行已提前停止。"),
        new(new Pan123NotSentException("limit", new Pan123ApiException(HttpStatusCode.OK, (Pan123ErrorCode)429, "too many requests", "t2")), "请求未发送：请求过于频繁，已被服务限流。服务返回“too many requests”（错误码 429，HTTP 200，traceID t2）。"),
        new(new Pan123NotSentException("address", new HttpRequestException("Connection refused")), "请求未发送：无法连接到服务：“Connection refused”。"),
        new(new Pan123NotSentException("circuit", new BrokenCircuitException()), "请求未发送：此前失败的请求过多，已触发熔断，暂停发送请求。"),
        new(new Pan123NotSentException("time", new TimeoutRejectedException()), "请求未发送：排队等待发送时超时。"),
        new(new Pan123NotSentException("cancelled", new OperationCanceledException()), "请求未发送：请求已取消。"),
        new(new Pan123OutcomeUnknownException([1, 2], "reason", innerException: new HttpRequestException("Connection reset.")), "2 个文件可能已处理，也可能没有。请求已发送，但没有收到响应：“Connection reset”。可以安全重试。"),
        new(new Pan123OutcomeUnknownException([1], "reason"), "1 个文件可能已处理，也可能没有。请求已发送，但没有收到响应。可以安全重试。"),
        new(new Pan123OutcomeUnknownException([1], "reason", HttpStatusCode.OK, innerException: Rejection), "1 个文件可能已处理，也可能没有。有一次尝试没有收到响应，之后的重试被拒绝，可能是因为前一次已经生效：服务返回“no traffic”（错误码 5113，HTTP 200，traceID t1）。可以安全重试。"),
        new(new Pan123OutcomeUnknownException([], "The response has no list of files.", HttpStatusCode.OK), "“The response has no list of files”。"),
        new(JournalHistory.StillUnknown([1], Rejection), "1 个文件可能已处理，也可能没有。此前的运行已发送这些文件，但没有收到有效响应。本次运行：服务返回“no traffic”（错误码 5113，HTTP 200，traceID t1）。可以安全重试。"),
        new(new OptionsValidationException("", typeof(Pan123ClientOptions), ["The option A is 1.", "The option B is 2."]), $"配置无效：“The option A is 1”。{Environment.NewLine}“The option B is 2”。"),
        new(new UnauthorizedAccessException("Access to the path 'x' is denied."), "没有访问权限。"),
        new(new IOException("No space left on device"), "“No space left on device”。"),
    ];

    [TestCaseSource(nameof(Failures))]
    public void In_Chinese_a_failure_has_a_Chinese_sentence(Exception failure, string expected)
    {
        CultureInfo.CurrentUICulture = Language.Chinese;

        Assert.That(ErrorText.Of(failure), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Failures))]
    public void In_English_a_failure_has_its_own_message(Exception failure, string _)
    {
        CultureInfo.CurrentUICulture = Language.English;

        var message = failure is OptionsValidationException invalid ? string.Join(Environment.NewLine, invalid.Failures) : failure.Message;

        Assert.That((ErrorText.Of(failure), ErrorText.ReasonOf(failure)), Is.EqualTo((message, (failure as Pan123NotSentException)?.Reason ?? message)));
    }
}
