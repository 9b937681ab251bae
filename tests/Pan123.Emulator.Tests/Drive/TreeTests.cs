namespace Pan123.Emulator.Tests;

public sealed class TreeTests : EmulatorFixture
{
    [Test]
    public async Task A_tree_is_what_is_written()
    {
        Pan.Drive.AddTree(
            """
            [
              // Comments, and commas before a bracket, are allowed.
              {"name": "Photos", "children": [
                {"name": "a.jpg", "id": 14705301, "size": 1000, "trashed": true},
                {"name": "empty", "trashed": false, "children": []},
              ]},
              {"name": "b.zip", "size": 2000, "createdAt": "2025-02-24T17:57:01+08:00", "updatedAt": "2025-02-25T00:00:00Z"},
              {"name": "c", "createdAt": "2025-02-24T17:57:01+08:00"}
            ]
            """);

        var root = await ListAsync(0);
        var photos = root.FileIds.First();

        Assert.That(root.Data.GetProperty("fileList").EnumerateArray().Select(file => file.GetProperty("filename").GetString()), Is.EqualTo(["Photos", "b.zip", "c"]));
        Assert.That((await ListAsync(photos)).Trashed, Is.EqualTo([1, 0]));
        Assert.That(Pan.Drive.Find(14705301), Has.Property("Size").EqualTo(1000).And.Property("ParentId").EqualTo(photos));
        Assert.That(Pan.Drive.FolderCount, Is.EqualTo(2));
        var (zip, other) = (Pan.Drive.Find(root.FileIds.ElementAt(1))!, Pan.Drive.Find(root.FileIds.Last())!);
        Assert.That(zip.CreatedAt, Is.EqualTo(new DateTimeOffset(2025, 2, 24, 9, 57, 1, TimeSpan.Zero)));
        Assert.That(zip.UpdatedAt, Is.EqualTo(new DateTimeOffset(2025, 2, 25, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(other.UpdatedAt, Is.EqualTo(zip.CreatedAt));
    }

    [Test]
    public void IDs_that_are_given_are_not_given_to_others()
    {
        var next = Pan.Drive.AddFile("to know the next ID") + 1;

        Pan.Drive.AddTree($$"""[{"name": "without"}, {"name": "with", "id": {{next}}}]""");

        Assert.That(Pan.Drive.Find(next), Has.Property("Name").EqualTo("with"));
        Assert.That(Pan.Drive.Find(next + 1), Has.Property("Name").EqualTo("without"));
    }

    [TestCase("", "line 1: this is not JSON: ")]
    [TestCase("[\n{\"name\": \"a\"}\n", "line 3: this is not JSON: ")]
    [TestCase("{}", "$: give an array of files and folders.")]
    [TestCase("[1]", "$[0]: give an object for a file or folder.")]
    [TestCase("[{}]", "$[0]: give it a name.")]
    [TestCase("""[{"name": " "}]""", "$[0].name: give a text that is not empty.")]
    [TestCase("""[{"name": 1}]""", "$[0].name: give a text that is not empty.")]
    [TestCase("""[{"name": "\ud800"}]""", "$: a name is not valid Unicode")]
    [TestCase("""[{"name": "a", "name": "b"}]""", "$: ")]
    [TestCase("""[{"name": "a", "id": 0}]""", "$[0].id: give a whole number from 1 to 9223372036854775807.")]
    [TestCase("""[{"name": "a", "id": "1"}]""", "$[0].id: give a whole number from 1 to 9223372036854775807.")]
    [TestCase("""[{"name": "a", "size": 1.5}]""", "$[0].size: give a whole number from 0 to 9223372036854775807.")]
    [TestCase("""[{"name": "a", "trashed": 1}]""", "$[0].trashed: give true or false.")]
    [TestCase("""[{"name": "a", "createdAt": "yesterday"}]""", "$[0].createdAt: give a time such as 2025-02-24T17:57:01+08:00.")]
    [TestCase("""[{"name": "a", "children": {}}]""", "$[0].children: give an array of files and folders.")]
    [TestCase("""[{"name": "a", "children": [{"name": "b"}, {"name": "c", "colour": 1}]}]""", "$[0].children[1]: 'colour' is not known: ")]
    [TestCase("""[{"name": "a", "size": 1, "children": []}]""", "$[0]: give size or children, not both: a folder has no size.")]
    [TestCase("""[{"name": "a", "id": 7, "children": [{"name": "b", "id": 7}]}]""", "$[0].children[0]: the id 7 is in use.")]
    [TestCase("""[{"name": "a"}, {"name": "b", "id": 1}]""", "$[1]: the id 1 is in use.")]
    public void What_is_no_tree_is_named_with_its_place_and_nothing_is_added(string json, string message)
    {
        Pan.Drive.AddActive(1);

        Assert.That(() => Pan.Drive.AddTree(json), Throws.InstanceOf<FormatException>().With.Message.StartsWith(message));
        Assert.That(Pan.Drive.Count(FileState.Active), Is.EqualTo(1));
    }
}
