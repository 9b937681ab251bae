namespace Pan123.Tests;

/// <summary>What the sanitizer makes of a text, by itself.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MessageCleaningTests
{
    [TestCase(255)]
    [TestCase(256)]
    public void A_text_that_is_short_enough_stays(int length)
    {
        var text = new string('a', length);

        Assert.That(new MessageSanitizer().Clean(text), Is.SameAs(text));
    }

    [TestCase(257)]
    [TestCase(100_000)]
    public void A_longer_text_is_cut_to_256_characters(int length) =>
        Assert.That(new MessageSanitizer().Clean(new string('a', length)), Is.EqualTo($"{new string('a', 255)}…"));

    [Test]
    public void No_half_of_a_pair_stays_where_a_text_is_cut() =>
        Assert.That(new MessageSanitizer().Clean($"{new string('a', 254)}😀{new string('b', 100)}"), Is.EqualTo($"{new string('a', 254)}…"));

    [TestCase(" ~", ExpectedResult = " ~", TestName = "The_ends_of_ASCII_that_can_be_printed_stay")]
    [TestCase("a\u007Fb", ExpectedResult = "a b", TestName = "A_control_is_a_blank")]
    [TestCase("a\uDB40\uDC41b", ExpectedResult = "a  b", TestName = "A_pair_that_is_invisible_is_two_blanks")]
    [TestCase("文件😀é", ExpectedResult = "文件😀é", TestName = "What_can_be_read_stays")]
    [TestCase("\u202E\u2028\u0085😀\u0000", ExpectedResult = "   😀 ", TestName = "Each_of_several_is_replaced")]
    public string What_cannot_be_printed_is_replaced(string text) => MessageSanitizer.ReplaceUnprintable(text);

    [Test]
    public void Half_a_pair_is_the_replacement_character() =>
        Assert.That(MessageSanitizer.ReplaceUnprintable("a\uD83Db\uDE00c\uD83D"), Is.EqualTo("a\uFFFDb\uFFFDc\uFFFD"));

    [Test]
    public void A_secret_is_redacted_before_the_text_is_cut()
    {
        var messages = new MessageSanitizer();
        messages.AddSecret("short");
        messages.AddSecret(new string('s', 200));
        messages.AddSecret(null);
        messages.AddSecret("");

        // Escaped, so that it reaches far beyond where the text is cut.
        var text = $"{new string('a', 250)}{string.Concat(Enumerable.Repeat("&#x0073;", 200))}";

        Assert.That((messages.Clean(text), messages.ContainsSecret(text), messages.ContainsSecret("a")), Is.EqualTo(($"{new string('a', 250)}[secr…", true, false)));
    }

    [Test]
    public void An_exception_without_a_secret_stays_itself_and_another_keeps_its_kind()
    {
        var messages = new MessageSanitizer();
        messages.AddSecret("my-secret");
        var harmless = new HttpRequestException("two\r\nlines");
        using var cancellation = new CancellationTokenSource();

        var request = messages.Clean(new HttpRequestException("my-secret", inner: null, System.Net.HttpStatusCode.BadGateway));
        var cancelled = messages.Clean(new OperationCanceledException("my-secret", cancellation.Token));
        var other = messages.Clean(new FormatException("a", new FormatException("my-secret")));

        Assert.Multiple(() =>
        {
            Assert.That(messages.Clean(harmless), Is.SameAs(harmless));
            Assert.That(request, Is.TypeOf<HttpRequestException>().With.Message.EqualTo("[secret]").And.InnerException.Null);
            Assert.That(cancelled, Is.TypeOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
            Assert.That(other, Is.TypeOf<InvalidOperationException>().With.Message.EqualTo("FormatException: a").And.InnerException.Null);
        });
    }
}
