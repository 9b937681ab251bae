namespace Pan123.Tests;

public sealed class GuardTests<TService> : ServiceFixture<TService>
    where TService : FakeService, new()
{
    private static IEnumerable<TestCaseData> WrongIds()
    {
        yield return Case("none", Array.Empty<long>(), "0 file IDs", "fewest is 1");
        yield return Case("101", Enumerable.Range(1, 101).Select(id => (long)id), "more than 100 file IDs", "first one too many is 101");
        yield return Case("without end", Forever(), "more than 100 file IDs", "first one too many is 101");
        yield return Case("zero", [5, 0], "file ID 0 at position 2", "smallest file ID is 1");
        yield return Case("negative", [-7], "file ID -7 at position 1");
        yield return Case("the smallest number", [long.MinValue], "file ID -9223372036854775808 at position 1");
        yield return Case("twice", [3, 4, 3], "file ID 3 twice, at positions 1 and 3");
        yield return Case("the largest again", [3, 9, 4, 9], "file ID 9 twice, at positions 2 and 4");
        yield return Case("a smaller one again, after a larger", [9, 3, 12, 3], "file ID 3 twice, at positions 2 and 4");
        yield return Case("descending", [7, 6, 5, 6], "file ID 6 twice, at positions 2 and 4");
        yield return Case("100 and one of them again", [.. Enumerable.Range(1, 99).Select(id => (long)id), 99], "file ID 99 twice, at positions 99 and 100");

        static TestCaseData Case(string name, IEnumerable<long> ids, params string[] message) =>
            new TestCaseData(ids, message).SetArgDisplayNames(name);

        static IEnumerable<long> Forever()
        {
            for (var id = 1L; ; id++)
            {
                yield return id;
            }
        }
    }

    [TestCaseSource(nameof(WrongIds))]
    public async Task Wrong_IDs_are_refused_with_the_value_and_the_rule_and_nothing_is_sent(IEnumerable<long> ids, string[] message)
    {
        var refused = (await Assert.ThrowsAsync<ArgumentException>(() => Service.Client.DeleteFilesAsync(ids)))!;

        Assert.Multiple(() =>
        {
            Assert.That(refused.ParamName, Is.EqualTo("fileIds"));
            Assert.That(message.Where(part => !refused.Message.Contains(part, StringComparison.Ordinal)), Is.Empty, refused.Message);
            Assert.That(Service.Bodies, Is.Empty);
        });
    }

    [Test]
    public async Task Null_is_refused_and_nothing_is_sent()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => Service.Client.DeleteFilesAsync(null!));

        Assert.That(Service.Bodies, Is.Empty);
    }

    [Test]
    public async Task A_hundred_IDs_arrive_digit_for_digit()
    {
        Service.Answer(FakeService.Success);
        var ids = Enumerable.Range(0, 100).Select(i => long.MaxValue - i).ToArray();

        await Service.Client.DeleteFilesAsync(ids);

        Assert.That(Service.Bodies, Is.EqualTo(new[] { $$"""{"fileIDs":[{{string.Join(',', ids)}}]}""" }));
    }

    [TestCase(1)]
    [TestCase((1L << 53) + 1, Description = "Above what a floating-point number can hold")]
    [TestCase(long.MaxValue)]
    public async Task An_ID_arrives_digit_for_digit(long id)
    {
        Service.Answer(FakeService.Success);

        await Service.Client.DeleteFilesAsync([id]);

        Assert.That(Service.Bodies, Is.EqualTo(new[] { $$"""{"fileIDs":[{{id}}]}""" }));
    }

    [Test]
    public async Task The_sequence_is_read_once()
    {
        Service.Answer(FakeService.Success);
        var readings = 0;

        await Service.Client.DeleteFilesAsync(Count());

        Assert.That(readings, Is.EqualTo(1));

        IEnumerable<long> Count()
        {
            readings++;
            yield return 1;
        }
    }

    [Test]
    public void A_cancelled_call_sends_nothing()
    {
        Assert.That(
            () => Service.Client.DeleteFilesAsync([1], new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(Service.Bodies, Is.Empty);
    }
}
