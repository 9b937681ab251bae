using System.Net;

namespace Pan123.Emulator.Tests;

public sealed class DeletingTests : EmulatorFixture
{
    [Test]
    public async Task Files_in_the_recycle_bin_are_deleted()
    {
        Pan.Drive.AddToRecycleBin(14705301, 14705306, 7);

        await DeleteAsync(14705306, 14705301);

        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([14705306, 14705301]));
        Assert.That(Pan.Drive.GetState(7), Is.EqualTo(FileState.InRecycleBin));
    }

    [Test]
    public async Task A_success_is_answered_to_the_letter()
    {
        Pan.Drive.AddToRecycleBin(1);

        var reply = await DeleteAsync(1);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(reply.ContentType, Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(reply.Body, Is.EqualTo($$"""{"code":0,"message":"ok","data":null,"x-traceID":"{{reply.TraceId}}"}"""));
        Assert.That(reply.Headers.Contains("Server"), Is.False);
    }

    [Test]
    public async Task Each_answer_has_a_trace_ID_of_its_own_that_ends_in_the_number_of_the_request()
    {
        var first = await DeleteAsync(1);
        var second = await DeleteAsync(1);

        Assert.That(first.TraceId, Does.Match("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_emulator-1$"));
        Assert.That(second.TraceId, Does.EndWith("_emulator-2"));
        Assert.That(second.TraceId![..36], Is.Not.EqualTo(first.TraceId![..36]));
    }

    [Test]
    public async Task The_largest_64_bit_ID_can_be_deleted()
    {
        Pan.Drive.AddToRecycleBin(long.MaxValue);

        await DeleteAsync(long.MaxValue);

        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([long.MaxValue]));
    }

    [Test]
    public async Task A_request_may_carry_100_IDs()
    {
        Pan.Drive.AddToRecycleBin(Ids(100));

        var reply = await DeleteAsync(Ids(100));

        Assert.That(reply.Code, Is.Zero);
        Assert.That(Pan.Drive.Count(FileState.Deleted), Is.EqualTo(100));
    }

    [Test]
    public async Task Concurrent_callers_delete_every_file_exactly_once_and_the_record_has_their_order()
    {
        Pan.Drive.AddToRecycleBin(Ids(3200));

        var codes = await Task.WhenAll(Ids(3200).Chunk(100).Select(async fileIds =>
        {
            var sum = 0;
            foreach (var pair in fileIds.Chunk(2))
            {
                sum += (await DeleteAsync(pair)).Code;
            }

            return sum;
        }));

        Assert.That(codes, Has.Length.EqualTo(32).And.All.Zero);
        Assert.That(Pan.Drive.DeletedFileIds, Is.EquivalentTo(Ids(3200)));
        Assert.That(Pan.Requests.SelectMany(request => request.DeletedFileIds), Is.EqualTo(Pan.Drive.DeletedFileIds));
    }

    [Test]
    public async Task Of_concurrent_requests_for_the_same_file_one_deletes_it()
    {
        Pan.Drive.AddToRecycleBin(1);

        var replies = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => DeleteAsync(1)));

        Assert.That(replies.Count(reply => reply.Code == 0), Is.EqualTo(1));
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([1]));
    }

    private static IEnumerable<long> Ids(int count) => Enumerable.Range(1, count).Select(id => (long)id);
}
