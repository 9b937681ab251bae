using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Pan123.Tests;

/// <summary>The buffer that a body is in is given back when nothing can read it any more, and not before: the next request puts other IDs in.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class JsonRequestContentTests
{
    private const string Json = """{"fileIDs":[14705301,14705306]}""";

    [Test]
    public async Task A_body_is_written_as_often_as_it_is_asked_for_and_knows_its_length()
    {
        using var request = CreateRequest();
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        await request.Content!.CopyToAsync(first);
        await request.Content.CopyToAsync(second);

        Assert.That(
            (Encoding.UTF8.GetString(first.ToArray()), Encoding.UTF8.GetString(second.ToArray()), request.Content.Headers.ContentLength),
            Is.EqualTo((Json, Json, Json.Length)));
    }

    [Test]
    public async Task At_the_end_the_buffer_is_given_back_cleared()
    {
        var request = CreateRequest();
        var buffer = await ReadAsync(request);
        request.Dispose();

        var next = RentNext(buffer);

        Assert.Multiple(() =>
        {
            Assert.That(next, Is.SameAs(buffer));
            Assert.That(next, Is.All.Zero);
        });
        ArrayPool<byte>.Shared.Return(next);
    }

    [Test]
    public async Task It_is_given_back_once()
    {
        var request = CreateRequest();
        var buffer = await ReadAsync(request);
        var content = request.Content!;
        content.Dispose();
        content.Dispose();

        var (next, another) = (RentNext(buffer), RentNext(buffer));

        Assert.That(next, Is.Not.SameAs(another));
        Array.ForEach([next, another], each => ArrayPool<byte>.Shared.Return(each));
    }

    [Test]
    public async Task A_write_under_way_at_the_end_goes_on_to_see_its_bytes_and_nobody_gets_its_buffer()
    {
        using var stream = new HeldStream();
        var request = CreateRequest();
        var content = request.Content!;
        var write = content.CopyToAsync(stream);
        var buffer = stream.Buffers.Single();

        request.Dispose();
        var next = RentNext(buffer);
        next.AsSpan().Fill((byte)'9');
        stream.Held.SetResult();
        await write;
        content.Dispose();
        var afterwards = RentNext(buffer);

        Assert.Multiple(() =>
        {
            Assert.That(Encoding.UTF8.GetString(buffer, 0, Json.Length), Is.EqualTo(Json));
            Assert.That(new[] { next, afterwards }, Has.None.SameAs(buffer));
        });
    }

    [Test]
    public async Task After_a_write_that_failed_nobody_gets_the_buffer_since_the_stream_may_still_have_it([Values] bool byCancelling)
    {
        using var stream = new HeldStream();
        using var request = CreateRequest();
        var write = request.Content!.CopyToAsync(stream);
        var buffer = stream.Buffers.Single();
        stream.Held.SetException(byCancelling ? new OperationCanceledException() : new IOException());
        await Assert.CatchAsync(() => write);

        request.Dispose();

        Assert.That(RentNext(buffer), Is.Not.SameAs(buffer));
    }

    [Test]
    public async Task Of_two_writes_under_way_the_end_of_one_is_not_the_end_of_both()
    {
        using var ended = new HeldStream();
        using var held = new HeldStream();
        using var request = CreateRequest();
        Task[] writes = [request.Content!.CopyToAsync(ended), request.Content.CopyToAsync(held)];
        var buffer = held.Buffers.Single();
        ended.Held.SetResult();
        await writes[0];

        request.Dispose();

        Assert.That(RentNext(buffer), Is.Not.SameAs(buffer));
        held.Held.SetResult();
        await writes[1];
    }

    [Test]
    public void A_write_after_the_end_fails_and_reads_nothing()
    {
        using var stream = new HeldStream();
        stream.Held.SetResult();
        var request = CreateRequest();
        var content = (JsonRequestContent)request.Content!;
        request.Dispose();

        Assert.Multiple(async () =>
        {
            // Also of one who was past the framework's own check when it ended.
            for (var i = 0; i < 3; i++)
            {
                await Assert.ThrowsAsync<ObjectDisposedException>(() => content.CopyToAsync(stream));
                await Assert.ThrowsAsync<ObjectDisposedException>(() => content.WriteAsync(stream, CancellationToken.None));
            }

            Assert.That((stream.Buffers.Count, request.WasSent), Is.EqualTo((0, false)));
        });
    }

    private static ApiRequest CreateRequest() =>
        new("deleteFiles", HttpMethod.Post, new Uri("api/v1/file", UriKind.Relative), new DeleteFilesRequest { FileIDs = [14705301, 14705306] });

    private static async Task<byte[]> ReadAsync(ApiRequest request)
    {
        using var stream = new HeldStream();
        stream.Held.SetResult();
        await request.Content!.CopyToAsync(stream);
        return stream.Buffers.Single();
    }

    // The pool gives a thread first what that thread gave back last.
    private static byte[] RentNext(byte[] like) => ArrayPool<byte>.Shared.Rent(like.Length);

    /// <summary>Takes its time to write, and keeps what it was given meanwhile.</summary>
    private sealed class HeldStream : MemoryStream
    {
        public TaskCompletionSource Held { get; } = new();

        public List<byte[]> Buffers { get; } = [];

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Buffers.Add(buffer);
            return Held.Task;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Assert.That(MemoryMarshal.TryGetArray(buffer, out var array));
            return new(WriteAsync(array.Array!, array.Offset, array.Count, cancellationToken));
        }
    }
}
