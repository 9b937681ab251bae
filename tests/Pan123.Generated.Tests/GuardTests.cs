using System.Globalization;
using System.Text.RegularExpressions;

namespace Pan123.Tests;

public sealed partial class GuardTests<TService> : ServiceFixture<TService>
    where TService : FakeService, new()
{
    private static readonly Dictionary<string, Func<IPan123Client, IEnumerable<long>, Task>> Operations = new()
    {
        ["delete"] = (client, ids) => client.DeleteFilesAsync(ids),
        ["trash"] = (client, ids) => client.TrashFilesAsync(ids),
        ["recover"] = (client, ids) => client.RecoverFilesAsync(ids),
        ["recover to a folder"] = (client, ids) => client.RecoverFilesToFolderAsync(ids, 7),
        ["get"] = (client, ids) => client.GetFilesAsync(ids),
    };

    private static IEnumerable<string> OperationNames => Operations.Keys;

    private static IEnumerable<TestCaseData> WrongIds() =>
        from operation in OperationNames
        from ids in WrongIdsOfAny()
        select new TestCaseData(operation, ids.Ids, ids.Named).SetArgDisplayNames(operation, ids.Name);

    private static IEnumerable<(string Name, IEnumerable<long> Ids, long[] Named)> WrongIdsOfAny()
    {
        yield return Case("none", Array.Empty<long>(), 0, 1);
        yield return Case("101", Enumerable.Range(1, 101).Select(id => (long)id), 100, 101);
        yield return Case("without end", Forever(), 100, 101);
        yield return Case("zero", [5, 0], 0, 2, 1);
        yield return Case("negative", [-7], -7, 1, 1);
        yield return Case("the smallest number", [long.MinValue], long.MinValue, 1, 1);
        yield return Case("twice", [3, 4, 3], 3, 1, 3);
        yield return Case("the largest again", [3, 9, 4, 9], 9, 2, 4);
        yield return Case("a smaller one again, after a larger", [9, 3, 12, 3], 3, 2, 4);
        yield return Case("descending", [7, 6, 5, 6], 6, 2, 4);
        yield return Case("100 and one of them again", [.. Enumerable.Range(1, 99).Select(id => (long)id), 99], 99, 99, 100);

        static (string Name, IEnumerable<long> Ids, long[] Named) Case(string name, IEnumerable<long> ids, params long[] named) => (name, ids, named);

        static IEnumerable<long> Forever()
        {
            for (var id = 1L; ; id++)
            {
                yield return id;
            }
        }
    }

    [TestCaseSource(nameof(WrongIds))]
    public async Task Wrong_IDs_are_refused_with_the_value_and_the_rule_and_nothing_is_sent(string operation, IEnumerable<long> ids, long[] named)
    {
        var refused = (await Assert.ThrowsAsync<ArgumentException>(() => Operations[operation](Service.Client, ids)))!;

        Assert.Multiple(() =>
        {
            Assert.That(refused.ParamName, Is.EqualTo("fileIds"));
            Assert.That(Number().Matches(refused.Message).Select(number => long.Parse(number.ValueSpan, CultureInfo.InvariantCulture)), Is.EquivalentTo(named), refused.Message);
            Assert.That(Service.Bodies, Is.Empty);
        });
    }

    [TestCaseSource(nameof(OperationNames))]
    public async Task Null_is_refused_and_nothing_is_sent(string operation)
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => Operations[operation](Service.Client, null!));

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
    public void A_folder_has_no_negative_ID() => Assert.Multiple(() =>
    {
        Assert.That(() => Service.Client.ListFilesAsync(-1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("folderId"));
        Assert.That(() => Service.Client.RecoverFilesToFolderAsync([1], -1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("-1").And.Message.Contains("less than 0, the ID of the root folder"));
        Assert.That(Service.Bodies, Is.Empty);
    });

    [Test]
    public void A_cancelled_call_sends_nothing()
    {
        Assert.That(
            () => Service.Client.DeleteFilesAsync([1], new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(Service.Bodies, Is.Empty);
    }

    [GeneratedRegex("-?[0-9]+")]
    private static partial Regex Number();
}
