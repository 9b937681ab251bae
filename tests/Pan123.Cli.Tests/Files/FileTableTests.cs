namespace Pan123.Cli.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class FileTableTests
{
    [TestCase("short.txt", 9, "short.txt")]
    [TestCase("longer.txt", 9, "long….txt")]
    [TestCase("长长长长.zip", 10, "长长….zip")]
    [TestCase("😀😀😀😀", 5, "😀…😀")]
    public void A_name_that_is_too_wide_loses_its_middle(string name, int width, string shortened) =>
        Assert.That(FileName.Format(name, width), Is.EqualTo(shortened));

    [TestCase(0, "0 B")]
    [TestCase(1023, "1023 B")]
    [TestCase(1536, "1.5 KiB")]
    [TestCase(1024 * 1024 - 1, "1.0 MiB")]
    [TestCase(long.MaxValue, "8.0 EiB")]
    public void A_size_has_four_digits_at_most(long bytes, string text) => Assert.That(ByteSize.Format(bytes), Is.EqualTo(text));

    [TestCase("1000", 1000)]
    [TestCase("10MB", 10_000_000)]
    [TestCase("1.5gib", 1_610_612_736)]
    [TestCase("2 kB", 2000)]
    [TestCase("7b", 7)]
    [TestCase("", null)]
    [TestCase("MB", null)]
    [TestCase("1,000", null)]
    [TestCase("9000000TB", 9_000_000_000_000_000_000)]
    [TestCase("10000000TB", null)]
    public void A_size_is_read(string text, long? bytes) => Assert.That(ByteSize.Parse(text), Is.EqualTo(bytes));

    [TestCase("30d", 720)]
    [TestCase("12h", 12)]
    [TestCase("0.5d", 12)]
    [TestCase("0d", 0)]
    [TestCase("", null)]
    [TestCase("-1d", null)]
    [TestCase("1m", null)]
    [TestCase("NaNd", null)]
    public void An_age_is_read(string text, double? hours) => Assert.That(Age.Parse(text)?.TotalHours, Is.EqualTo(hours));

    [TestCase("2025-02-24 17:57:01")]
    [TestCase("2025-02-24 17:57:01 +0800 CST")]
    [TestCase("2025-02-24T17:57:01+08:00")]
    [TestCase("2025-02-24T09:57:01+00:00")]
    public void A_time_is_that_of_China_unless_it_says_otherwise(string text) =>
        Assert.That(FileTime.Parse(text), Is.EqualTo(new DateTimeOffset(2025, 2, 24, 9, 57, 1, TimeSpan.Zero)));
}
