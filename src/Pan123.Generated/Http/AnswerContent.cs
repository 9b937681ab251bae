namespace Pan123;

/// <summary>
/// The body of the answer to a request that is not the library's own, but a copy that a handler of the application made: it brings along
/// what the service answered, since there is no <see cref="ApiRequest"/> to remember it and the response has another HTTP status by then.
/// </summary>
internal sealed class AnswerContent : ByteArrayContent
{
    public AnswerContent(ApiAnswer answer)
        : base(answer.Body)
    {
        Answer = answer;
        Headers.ContentType = answer.Content?.Headers.ContentType;
    }

    public ApiAnswer Answer { get; }
}
