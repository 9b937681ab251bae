using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Newtonsoft.Json;

namespace Pan123.Tests;

/// <summary>The JSON of a request is what Json.NET would make of it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RequestWriterTests
{
    private static readonly string[] Texts =
        ["", "\"", "\\", "\\\"", "a\nb\r\n\tc\b\f", "\0\u0001\u001F\u007F", "\u0085\u2028\u2029", "文件 é ß", "😀", "\uD83D", "\uDE00", "\uDE00\uD83D", "a\uD83D\"\uDE00", "{", "[", ":", "</script>'&"];

    [Test]
    public void Each_character_is_written_as_by_JsonNET()
    {
        var differing = Enumerable.Range(0, char.MaxValue + 1).Where(character => Write($"a{(char)character}b", 1) != WriteByJsonNet($"a{(char)character}b", 1));

        Assert.That(differing, Is.Empty);
    }

    [TestCaseSource(nameof(Texts))]
    public void A_text_is_written_as_by_JsonNET(string text) => Assert.That(Write(text, 1), Is.EqualTo(WriteByJsonNet(text, 1)));

    [Test]
    public void Any_mixture_is_written_as_by_JsonNET() =>
        Prop.ForAll<string?, long>((text, number) => Write(text, number) == WriteByJsonNet(text, number)).QuickCheckThrowOnFailure();

    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(1024)]
    [TestCase(100_000)]
    public void A_text_of_any_length_is_written_whole(int length)
    {
        var text = string.Concat(Enumerable.Repeat("é\n", length));

        Assert.That(Write(text, 1), Is.EqualTo(WriteByJsonNet(text, 1)));
    }

    [TestCase(long.MinValue)]
    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(long.MaxValue)]
    public void A_number_is_written_as_by_JsonNET(long number) => Assert.That(Write("", number), Is.EqualTo(WriteByJsonNet("", number)));

    [Test]
    public void However_many_numbers_are_written_none_is_lost_where_the_buffer_ends()
    {
        for (var count = 0; count < 400; count++)
        {
            var numbers = Enumerable.Range(0, count).Select(i => long.MaxValue >> (i % 64)).ToList();

            Assert.That(Encoding.UTF8.GetString(RequestWriter.Write(new DeleteFilesRequest { FileIds = numbers })), Is.EqualTo($$"""{"fileIDs":[{{string.Join(',', numbers)}}]}"""));
        }
    }

    private static string Write(string? text, long number) => Encoding.UTF8.GetString(RequestWriter.Write(new Body(text, number)));

    private static string WriteByJsonNet(string? text, long number)
    {
        using var written = new StringWriter(CultureInfo.InvariantCulture);
        using var json = new JsonTextWriter(written);
        json.WriteStartObject();
        json.WritePropertyName($"name {text}");
        json.WriteValue(text);
        json.WritePropertyName("list");
        json.WriteStartArray();
        json.WriteValue(number);
        json.WriteValue(text);
        json.WriteStartArray();
        json.WriteEndArray();
        json.WriteValue(true);
        json.WriteValue(false);
        json.WriteEndArray();
        json.WritePropertyName("last");
        json.WriteValue(number);
        json.WriteEndObject();

        // Through UTF-8, as on the wire: half a surrogate pair does not survive that.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(written.ToString()));
    }

    private sealed class Body(string? text, long number) : IRequestBody
    {
        public void WriteTo(ref RequestWriter json)
        {
            json.WriteStartObject();
            json.WritePropertyName($"name {text}");
            json.WriteValue(text);
            json.WritePropertyName("list");
            json.WriteStartArray();
            json.WriteValue(number);
            json.WriteValue(text);
            json.WriteStartArray();
            json.WriteEndArray();
            json.WriteValue(true);
            json.WriteValue(false);
            json.WriteEndArray();
            json.WritePropertyName("last");
            json.WriteValue(number);
            json.WriteEndObject();
        }
    }
}
