namespace Pan123.Cli.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class ListedFileTests
{
    [TestCase("", "a.jpg", false, "a.jpg")]
    [TestCase("Photos/2024/", "a.jpg", false, "Photos/2024/a.jpg")]
    [TestCase("Photos/", "2024", true, "Photos/2024/")]
    public void A_path_has_the_folders_below_the_listed_one(string folder, string name, bool isFolder, string path) =>
        Assert.That(new ListedFile(Create(name, isFolder), folder).Path, Is.EqualTo(path));

    [Test]
    public void However_deep_a_folder_is_its_path_stays_short()
    {
        var path = "";
        for (var depth = 0; depth < 10_000; depth++)
        {
            path = new ListedFile(Create($"folder {depth}", isFolder: true), path).Subfolder;
        }

        Assert.That(path, Has.Length.LessThan(1100).And.StartsWith("…/").And.EndsWith("/folder 9999/"));
    }

    private static Pan123File Create(string name, bool isFolder) => new() { Filename = name, Type = isFolder ? 1 : 0 };
}
