namespace Pan123.Emulator.Tests;

/// <summary>Files of which a test gives the IDs alone.</summary>
public sealed class BareIdTests : EmulatorFixture
{
    [Test]
    public void They_have_a_name_and_a_size_and_lie_in_the_root_folder()
    {
        Pan.Drive.AddToRecycleBin(14705301);

        var file = Pan.Drive.Find(14705301)!;

        Assert.That((file.Name, file.Size, file.ParentId, file.State), Is.EqualTo(("file-14705301.bin", 308_225, 0, FileState.InRecycleBin)));
        Assert.That(Pan.Drive.FolderCount, Is.Zero);
    }

    [Test]
    public async Task They_can_be_restored_into_a_folder()
    {
        Pan.Drive.AddToRecycleBin(7);
        var folder = Pan.Drive.AddFolder("folder");

        await RecoverToFolderAsync(folder, 7);

        Assert.That(Pan.Drive.Find(7), Has.Property("Name").EqualTo("file-7.bin").And.Property("ParentId").EqualTo(folder));
    }

    [Test]
    public void A_million_of_them_take_no_more_memory_than_a_dictionary_of_their_states()
    {
        const int Count = 1_000_000;

        Pan.Drive.AddToRecycleBin(1);
        var ofDrive = BytesOf(() => Pan.Drive.AddToRecycleBin(Enumerable.Range(1, Count).Select(id => (long)id)));
        var states = new Dictionary<long, FileState>();
        var ofDictionary = BytesOf(() =>
        {
            foreach (var id in (long[])[.. Enumerable.Range(1, Count).Select(id => (long)id)])
            {
                states[id] = FileState.InRecycleBin;
            }
        });

        Assert.That((Pan.Drive.Count(FileState.InRecycleBin), states.Count), Is.EqualTo((Count, Count)));
        Assert.That((double)ofDrive / ofDictionary, Is.LessThan(1.05));
    }

    // By this thread alone, whatever other tests do.
    private static long BytesOf(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
