namespace Pan123.Emulator.Tests;

/// <summary>Faults that only some endpoints meet.</summary>
public sealed class RecycleBinFaultTests : EmulatorFixture
{
    [Test]
    public async Task Space_that_is_freed_later_is_code_7301_for_a_deletion_that_was_done()
    {
        Pan.Drive.AddToRecycleBin(1);
        Pan.Faults.Enqueue(Fault.AssumedSpaceIsFreedLater());

        var reply = await DeleteAsync(1);

        Assert.That((reply.Code, reply.Message), Is.EqualTo((7301, "已删除，系统释放空间需要一段时间，请稍后查看")));
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([1]));
        Assert.That($"{Pan.Requests[0].Fault}", Is.EqualTo("body code 7301, after processing"));
    }

    [Test]
    public async Task Where_nothing_is_deleted_no_space_is_freed()
    {
        Pan.Faults.Enqueue(Fault.AssumedSpaceIsFreedLater());

        var reply = await DeleteAsync(1);

        Assert.That(reply.Code, Is.EqualTo(5066));
    }

    [TestCase("", 0)]
    [TestCase("&lastFileId=2", 2)]
    public async Task A_repeated_cursor_is_that_of_the_request(string parameters, long cursor)
    {
        Pan.Drive.AddActive(1, 2, 3, 4);
        Pan.Faults.Enqueue(Fault.AssumedRepeatedCursor());

        var repeated = await ListAsync(0, parameters, limit: 1);
        var usual = await ListAsync(0, parameters, limit: 1);

        Assert.That(repeated.Cursor, Is.EqualTo(cursor));
        Assert.That(repeated.FileIds, Is.EqualTo(usual.FileIds));
        Assert.That(usual.Cursor, Is.EqualTo(usual.FileIds.Single() + 1));
    }

    [Test]
    public async Task Where_there_is_no_cursor_none_is_repeated()
    {
        Pan.Drive.AddActive(1);
        Pan.Faults.Enqueue(Fault.AssumedRepeatedCursor(), times: 3);

        Assert.That((await GetInfosAsync(1)).FileIds, Is.EqualTo([1]));
        Assert.That((await DeleteAsync(1)).Code, Is.EqualTo(5066));
        Assert.That((await ListAsync(99)).Code, Is.EqualTo(5066));
    }

    [Test]
    public async Task Any_fault_may_meet_any_endpoint_and_after_processing_the_work_is_done()
    {
        Pan.Drive.AddActive(1, 2);
        Pan.Faults.Enqueue(Fault.BodyCode(1, "busy").AfterProcessing(), path: Pan123Emulator.TrashFilesPath);
        Pan.Faults.Enqueue(Fault.BodyCode(1, "busy"), path: Pan123Emulator.RecoverFilesPath);

        var trashed = await TrashAsync(1);
        var recovered = await RecoverAsync(1);

        Assert.That((trashed.Code, recovered.Code), Is.EqualTo((1, 1)));
        Assert.That(Pan.Drive.GetState(1), Is.EqualTo(FileState.InRecycleBin));
        Assert.That(Pan.Requests.Select(request => $"{request}"), Is.EqualTo(
            [
                "POST /api/v1/file/trash, 1 trashed, fault: body code 1, after processing",
                "POST /api/v1/file/recover, 0 recovered, fault: body code 1, before processing",
            ]));
    }
}
