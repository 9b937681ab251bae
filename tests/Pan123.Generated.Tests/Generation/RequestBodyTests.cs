using System.Text;
using Newtonsoft.Json.Linq;

namespace Pan123.Tests;

/// <summary>The JSON of a request says what the caller said, as another reader than ours reads it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RequestBodyTests
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Named, since a name with such characters in it breaks the tools that read the names of tests.
    private static readonly TestCaseData<string>[] Texts =
    [
        new("") { TestName = "An empty text" },
        new("a secret of 32 letters, + & < > / '") { TestName = "A text with signs of HTML" },
        new("\"\\\\\"") { TestName = "A text with quotes and backslashes" },
        new("{[:,]}null") { TestName = "A text that looks like JSON" },
        new(string.Concat(Enumerable.Range(0, 0x20).Select(code => (char)code)) + "\u007F\u0085") { TestName = "A text of control characters" },
        new("文件 é ß") { TestName = "A text in Chinese, French and German" },
        new("a\u2028b\u2029") { TestName = "A text with the line ends of Unicode" },
        new("a😀b") { TestName = "A text with a surrogate pair" },
        new(new string('é', 100_000)) { TestName = "A long text" },
    ];

    private static readonly TestCaseData<string, string>[] LoneSurrogates =
    [
        new("a\uD83D", "a\uFFFD") { TestName = "A high surrogate at the end" },
        new("\uDE00a", "\uFFFDa") { TestName = "A low surrogate at the beginning" },
        new("\uDE00\uD83D", "\uFFFD\uFFFD") { TestName = "A surrogate pair in the wrong order" },
    ];

    [TestCase(long.MinValue, -1, 0, 1, long.MaxValue)]
    [TestCase(1)]
    [TestCase]
    public void IDs_are_read_as_they_were_given(params long[] fileIds) => Assert.That(WriteIds(fileIds), Is.EqualTo(fileIds));

    [Test]
    public void A_hundred_IDs_are_read_in_their_order()
    {
        var fileIds = Enumerable.Range(0, 100).Select(i => long.MaxValue - i).ToArray();

        Assert.That(WriteIds(fileIds), Is.EqualTo(fileIds));
    }

    [TestCaseSource(nameof(Texts))]
    public void A_text_is_read_as_it_was_given(string text) => Assert.That(WriteText(text), Is.EqualTo(text));

    // Half a pair is no text: UTF-8 has no bytes for it.
    [TestCaseSource(nameof(LoneSurrogates))]
    public void Half_a_surrogate_pair_is_read_as_the_replacement_character(string text, string read) => Assert.That(WriteText(text), Is.EqualTo(read));

    [Test]
    public void Nothing_stands_around_the_JSON() =>
        Assert.That(Encoding.UTF8.GetString(WriteBytes(new DeleteFilesRequest { FileIds = [14705301, 14705306] })), Is.EqualTo("""{"fileIDs":[14705301,14705306]}"""));

    private static long[] WriteIds(long[] fileIds) => Write(new DeleteFilesRequest { FileIds = fileIds })["fileIDs"]!.ToObject<long[]>()!;

    private static string? WriteText(string text)
    {
        var body = Write(new IssueAccessTokenRequest { ClientId = text, ClientSecret = "another" });
        Assert.That((string?)body["clientSecret"], Is.EqualTo("another"));
        return (string?)body["clientID"];
    }

    private static JToken Write(IRequestBody body) => JToken.Parse(StrictUtf8.GetString(WriteBytes(body)));

    private static byte[] WriteBytes(IRequestBody body)
    {
        using var request = new ApiRequest("operation", HttpMethod.Post, new Uri("api", UriKind.Relative), body);
        return request.Body!;
    }
}
