namespace Pan123.Cli.Tests;

public sealed class ProfilesCommandTests : ProfileFixture
{
    [Test]
    public async Task It_lists_names_and_client_IDs_and_which_is_the_default_and_no_secret()
    {
        Keep("bob", "id-b");
        Keep("default", "id-d");
        Keep("alice", "id-a");

        var exitCode = await RunAsync("profiles");

        Assert.That((exitCode, Results.Lines, Messages.Output), Is.EqualTo((0, new[] { "alice: id-a", "bob: id-b", "default: id-d, used without --profile" }, "")));
    }

    [Test]
    public async Task Without_one_it_says_so() => Assert.That((await RunAsync("profiles"), Results.Lines.Count, Messages.Output), Is.EqualTo((0, 1, "")));

    [Test]
    public async Task It_says_that_the_environment_goes_before_them()
    {
        Keep("default");
        Environment["PAN123_ACCESS_TOKEN"] = "token";

        Assert.That((await RunAsync("profiles"), Messages.Output.Contains("PAN123_ACCESS_TOKEN", StringComparison.Ordinal)), Is.EqualTo((0, true)));
    }

    [Test]
    public async Task A_damaged_one_is_named_and_the_others_listed()
    {
        Keep("alice", "id-a");
        Keep("bob", "id-b");
        await File.WriteAllTextAsync(PathOf("alice"), "");

        var exitCode = await RunAsync("profiles");

        Assert.That((exitCode, Results.Output, Messages.Output.Contains(PathOf("alice"), StringComparison.Ordinal)), Is.EqualTo((2, "bob: id-b\n", true)));
    }

    [Test]
    public async Task What_has_no_name_of_a_profile_is_none()
    {
        Keep("alice", "id-a");
        foreach (var name in new[] { "draft.x1z", "Alice2.json", ".json" })
        {
            await File.WriteAllTextAsync(Path.Combine(FolderOfProfiles, name), "");
        }

        Assert.That((await RunAsync("profiles"), Results.Output), Is.EqualTo((0, "alice: id-a\n")));
    }
}
