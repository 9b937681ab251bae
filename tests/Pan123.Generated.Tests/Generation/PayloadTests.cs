using System.Globalization;
using System.Text.Json;

namespace Pan123.Tests;

/// <summary>How the generated types read what is in an answer.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PayloadTests
{
    private static readonly Func<JsonElement, object>[] Readers =
        [Payload.String, value => Payload.Boolean(value), value => Payload.Int32(value), value => Payload.Int64(value), value => Payload.Time(value), Payload.ListOf(Payload.Int64)];

    [TestCase("\"text\"", "text")]
    [TestCase("true", "True")]
    [TestCase("2147483648", "2147483648")]
    [TestCase("-2147483649", "-2147483649")]
    [TestCase("1.0", "")]
    [TestCase("99999999999999999999", "")]
    [TestCase("{}", "")]
    [TestCase("[1,\"2\"]", "")]
    [TestCase("\"5\"", "5")]
    public void A_value_is_read_as_what_it_is_and_as_nothing_else(string json, string read)
    {
        var values = Readers.Select(reader => TryRead(reader, json)).OfType<object>().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture));

        Assert.That(values, Is.EqualTo(read.Length == 0 ? Array.Empty<string>() : [read]));
    }

    [TestCase("2147483647", int.MaxValue)]
    [TestCase("-2147483648", int.MinValue)]
    public void A_number_of_32_bits_is_one_of_64_too(string json, int read) =>
        Assert.That((Payload.Int32(Parse(json)), Payload.Int64(Parse(json))), Is.EqualTo((read, (long)read)));

    [TestCase("2025-03-23T15:48:37+08:00", "2025-03-23T07:48:37.0000000+00:00")]
    [TestCase("2025-03-23T15:48:37.25-03:30", "2025-03-23T19:18:37.2500000+00:00")]
    [TestCase("2025-03-23T15:48:37Z", "2025-03-23T15:48:37.0000000+00:00")]
    public void A_time_is_read_with_its_offset(string json, string utc) =>
        Assert.That(Payload.Time(Parse($"\"{json}\"")).ToUniversalTime().ToString("O", CultureInfo.InvariantCulture), Is.EqualTo(utc));

    [TestCase("2025-03-23T15:48:37")]
    [TestCase("2025-03-23 15:48:37+08:00")]
    [TestCase("2025-02-30T15:48:37+08:00")]
    [TestCase("1742716117")]
    [TestCase("")]
    public void What_is_no_time_with_an_offset_is_refused(string text) =>
        Assert.That(() => Payload.Required(Parse($$"""{"at":"{{text}}"}"""), "at", Payload.Time), Throws.TypeOf<JsonException>().With.Message.Contains("'at'").And.InnerException.TypeOf<FormatException>());

    [Test]
    public void A_list_is_read_in_its_order() => Assert.That(Payload.ListOf(Payload.Int64)(Parse("[3,1,2]")), Is.EqualTo([3L, 1, 2]));

    [TestCase("""{"Total":1}""", false)]
    [TestCase("""{"total":null}""", false)]
    [TestCase("""{"total":"1"}""", true)]
    [TestCase("""{"total":1.5}""", true)]
    [TestCase("""{"total":2147483648}""", true)]
    public void What_is_required_is_there_by_its_exact_name_and_in_its_type(string json, bool isThere) =>
        Assert.That(() => Payload.Required(Parse(json), "total", Payload.Int32), Throws.TypeOf<JsonException>().With.Message.Contains("'total'").And.InnerException.Matches<Exception?>(failure => failure is not null == isThere));

    [TestCase("{}", null)]
    [TestCase("""{"name":null,"size":null}""", null)]
    [TestCase("""{"name":"a","size":12}""", "a12")]
    public void What_is_optional_may_be_absent_or_null(string json, string? read) => Assert.That(
        (Payload.Optional(Parse(json), "name", Payload.String), Payload.OptionalValue(Parse(json), "size", Payload.Int64)),
        Is.EqualTo(read is null ? ((string?)null, (long?)null) : ("a", 12)));

    private static object? TryRead(Func<JsonElement, object> reader, string json)
    {
        try
        {
            return Payload.Required(Parse($$"""{"value":{{json}}}"""), "value", reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
