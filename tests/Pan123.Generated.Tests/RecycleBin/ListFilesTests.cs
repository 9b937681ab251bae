using System.Net;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Lists of folders: complete, or an exception.</summary>
public sealed class ListFilesTests : EmulatorFixture
{
    protected override Pan123EmulatorOptions Options => new() { AssumedDeletedFilesLeaveGaps = true };

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(100)]
    [TestCase(101)]
    [TestCase(1234)]
    public async Task Every_file_is_in_it_once_by_the_fewest_requests(int count)
    {
        var folder = Emulator.Drive.AddFolder("folder");
        var files = Enumerable.Range(0, count).Select(number => Emulator.Drive.AddFile($"{number}.txt", number, folder)).ToList();
        using var client = CreateClient();

        var listed = await client.ListFilesAsync(folder).Select(file => file.FileId).ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(listed, Is.EquivalentTo(files));
            Assert.That(Emulator.Requests, Has.Count.EqualTo(Math.Max(1, (count + 99) / 100)));
            Assert.That(Emulator.Requests[0].PathAndQuery, Is.EqualTo($"/api/v2/file/list?parentFileId={folder}&limit=100"));
        });
    }

    [Test]
    public async Task Files_in_the_recycle_bin_are_marked_and_pages_without_files_are_passed()
    {
        var files = Enumerable.Range(0, 350).Select(number => Emulator.Drive.AddFile($"{number}.txt")).ToList();
        using var client = CreateClient();
        await client.TrashFilesAsync(files.Take(3));
        foreach (var chunk in files.Skip(50).Take(220).Chunk(100))
        {
            await client.TrashFilesAsync(chunk);
            await client.DeleteFilesAsync(chunk);
        }

        var listed = await client.ListFilesAsync().ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(listed.Select(file => file.FileId), Is.EquivalentTo(files.Take(50).Concat(files.Skip(270))));
            Assert.That(listed.Where(file => file.IsTrashed).Select(file => file.FileId), Is.EquivalentTo(files.Take(3)));
        });
    }

    [Test]
    public async Task It_is_read_as_it_is_needed()
    {
        AddFiles(250);
        using var client = CreateClient();

        await foreach (var _ in client.ListFilesAsync())
        {
            break;
        }

        Assert.That(Emulator.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_page_that_leads_back_is_an_error_and_not_an_end()
    {
        AddFiles(350);
        Emulator.Faults.Enqueue(Fault.AssumedRepeatedCursor(), times: 10, path: Pan123Emulator.ListFilesPath);
        using var client = CreateClient();

        var failure = (await Assert.CatchAsync<Pan123OutcomeUnknownException>(async () => await client.ListFilesAsync().ToListAsync()))!;

        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Does.StartWith("The list of folder 0 is not complete: the service said twice that the next page begins at "));
            Assert.That(Emulator.Requests, Has.Count.LessThan(5));
        });
    }

    [Test]
    public async Task An_error_on_a_later_page_is_an_error()
    {
        AddFiles(250);
        using var client = CreateClient();
        var files = new List<long>();

        var rejection = (await Assert.CatchAsync<Pan123ApiException>(async () =>
        {
            await foreach (var file in client.ListFilesAsync())
            {
                files.Add(file.FileId);
                if (files.Count == 100)
                {
                    Emulator.Faults.Enqueue(Fault.BodyCode(1, "internal error"), path: Pan123Emulator.ListFilesPath);
                }
            }
        }))!;

        Assert.That((files.Count, rejection.Code), Is.EqualTo((100, Pan123ErrorCode.InternalError)));
    }

    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"fileList":[]}""")]
    [TestCase("""{"lastFileId":-1}""")]
    [TestCase("""{"lastFileId":-1,"fileList":[{"fileId":"1"}]}""")]
    public async Task A_page_that_is_not_as_documented_is_not_an_empty_one(string data)
    {
        Emulator.Faults.Enqueue(Fault.Response(HttpStatusCode.OK, "application/json", $$"""{"code":0,"message":"ok","data":{{data}}}"""), path: Pan123Emulator.ListFilesPath);
        using var client = CreateClient();

        await Assert.CatchAsync<Pan123OutcomeUnknownException>(async () => await client.ListFilesAsync().ToListAsync());
    }

    // A request without a body is retried, and its token renewed, as one with a body is.
    [Test]
    public async Task A_page_is_retried_and_its_token_renewed()
    {
        AddFiles(150);
        using var client = Pan123Client.Create(new Pan123ClientOptions
        {
            BaseAddress = Emulator.BaseAddress,
            ClientId = Pan123EmulatorOptions.DefaultClientId,
            ClientSecret = Pan123EmulatorOptions.DefaultClientSecret,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            RequestsPerSecond = null,
        });
        await client.ListFilesAsync().FirstAsync();
        Emulator.Tokens.Revoke(Emulator.Tokens.Active.Single());
        foreach (var fault in new[] { Fault.ConnectionReset(), Fault.HttpStatus(HttpStatusCode.ServiceUnavailable), Fault.Html() })
        {
            Emulator.Faults.Enqueue(fault, path: Pan123Emulator.ListFilesPath);
        }

        var files = await client.ListFilesAsync().ToListAsync();

        Assert.That((files.Count, Emulator.Tokens.IssuedCount), Is.EqualTo((150, 2)));
    }

    [Test]
    public async Task It_is_cancelled_between_pages()
    {
        AddFiles(250);
        using var client = CreateClient();
        using var cancellation = new CancellationTokenSource();
        var count = 0;

        await Assert.CatchAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.ListFilesAsync().WithCancellation(cancellation.Token))
            {
                if (++count == 100)
                {
                    await cancellation.CancelAsync();
                }
            }
        });
        Assert.That((count, Emulator.Requests.Count), Is.EqualTo((100, 1)));
    }

    private void AddFiles(int count)
    {
        for (var number = 0; number < count; number++)
        {
            Emulator.Drive.AddFile($"{number}.txt");
        }
    }
}
