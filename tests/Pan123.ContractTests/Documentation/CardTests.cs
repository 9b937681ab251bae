using System.Globalization;
using System.Net;
using System.Text;

namespace Pan123.ContractTests;

/// <summary>The repository's first page: it is read in a minute.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CardTests
{
    private const int MaxLines = 140;
    private const int MaxBytes = 7 * 1024;
    private const int FirstProgram = 30;

    private static readonly Page Card = new(Page.Card);

    [TestCase(Page.Card)]
    [TestCase("README.zh-CN.md")]
    public void It_is_short_and_shows_a_program_at_once(string file)
    {
        var text = new Page(file).Text;
        var lines = text.TrimEnd('\n').Split('\n');
        var (bytes, first) = (Encoding.UTF8.GetByteCount(text), Array.IndexOf(lines, "```csharp") + 1);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {lines.Length} lines, {bytes} bytes, the first program at line {first}."));

        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.AtMost(MaxLines));
            Assert.That(bytes, Is.AtMost(MaxBytes));
            Assert.That(first, Is.Positive.And.AtMost(FirstProgram));
        });
    }

    [Test]
    public void It_names_every_outcome_and_its_exception()
    {
        var exceptions = new Pan123Exception?[] { null, new Pan123ApiException(HttpStatusCode.OK, Pan123ErrorCode.FileNotFound, "no", traceId: null), new Pan123OutcomeUnknownException([1], "no"), new Pan123NotSentException("no") };

        Assert.That(
            Card.Table("| outcome | how a call ends |").Select(row => string.Join(' ', row.Split('|')[1..3]).Trim()),
            Is.EqualTo(exceptions.Select(exception => $"`{exception?.Outcome ?? DeleteOutcome.Deleted}`   {(exception is null ? "it returns" : $"`{exception.GetType().Name}`")}")));
    }

    [Test]
    public void It_names_every_package() => Assert.That(
        Card.NamesIn("| package |"),
        Is.EquivalentTo(Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension)));
}
