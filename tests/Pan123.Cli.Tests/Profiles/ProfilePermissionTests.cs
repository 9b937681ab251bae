using System.Runtime.Versioning;

namespace Pan123.Cli.Tests;

[Platform(Exclude = "Win", Reason = "There the folder of a user's configuration is that user's alone.")]
[UnsupportedOSPlatform("windows")]
public sealed class ProfilePermissionTests : ProfileFixture
{
    private const UnixFileMode OnlyThisUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folders = OnlyThisUser | UnixFileMode.UserExecute;

    private static readonly string[] Commands = ["delete --yes 1 --profile alice", "profiles"];

    [Test]
    public async Task Only_its_user_can_read_a_profile([Values] bool isReplaced)
    {
        if (isReplaced)
        {
            Keep("alice");
            File.SetUnixFileMode(PathOf("alice"), OnlyThisUser | UnixFileMode.OtherRead);
        }

        await LoginAsync("--profile alice");

        Assert.Multiple(() =>
        {
            Assert.That(File.GetUnixFileMode(PathOf("alice")), Is.EqualTo(OnlyThisUser));
            Assert.That(File.GetUnixFileMode(FolderOfProfiles), Is.EqualTo(Folders));
            Assert.That(File.GetUnixFileMode(ParentFolder), Is.EqualTo(Folders));
            Assert.That(Directory.GetFiles(FolderOfProfiles), Has.Length.EqualTo(1), "No draft is left.");
        });
    }

    [Test]
    public async Task A_file_that_others_can_read_or_write_is_rejected(
        [Values(UnixFileMode.GroupRead, UnixFileMode.GroupWrite, UnixFileMode.OtherRead, UnixFileMode.OtherWrite)] UnixFileMode others, [ValueSource(nameof(Commands))] string command)
    {
        Keep("alice");
        File.SetUnixFileMode(PathOf("alice"), OnlyThisUser | others);

        var exitCode = await RunAsync(command);

        AssertRejected(exitCode, $"chmod 600 '{PathOf("alice")}'", OnlyThisUser | others);
        Assert.That(File.Exists(PathOf("alice")));
    }

    [Test]
    public async Task A_folder_in_which_others_can_write_is_rejected(
        [Values(UnixFileMode.GroupWrite, UnixFileMode.OtherWrite)] UnixFileMode others, [Values] bool isParent,
        [Values("delete --yes 1", "delete --yes 1 --profile default", "profiles", "login")] string command)
    {
        Keep("default");
        Input = $"{RightId}\n{RightSecret}\n";
        var folder = isParent ? ParentFolder : FolderOfProfiles;
        File.SetUnixFileMode(folder, Folders | others);

        var exitCode = await RunAsync(command);

        AssertRejected(exitCode, $"chmod 700 '{folder}'", Folders | others);
    }

    [Test]
    public async Task What_it_advises_helps()
    {
        Keep("alice");
        File.SetUnixFileMode(PathOf("alice"), OnlyThisUser | UnixFileMode.OtherRead);
        await RunAsync(Commands[0]);

        File.SetUnixFileMode(PathOf("alice"), OnlyThisUser);

        Assert.That(await RunAsync(Commands[0]), Is.Zero);
    }

    [Test]
    public async Task A_link_is_followed_and_what_it_leads_to_checked([Values] bool isSafe)
    {
        Keep("alice");
        var target = Path.Combine(Folder, "elsewhere");
        File.Move(PathOf("alice"), target);
        File.CreateSymbolicLink(PathOf("alice"), target);
        File.SetUnixFileMode(target, isSafe ? OnlyThisUser : OnlyThisUser | UnixFileMode.GroupRead);

        Assert.That(await RunAsync(Commands[0]), Is.EqualTo(isSafe ? 0 : 2));
    }

    [Test]
    public async Task A_login_replaces_a_link_and_not_what_it_leads_to()
    {
        Directory.CreateDirectory(FolderOfProfiles);
        var target = Write("elsewhere", "somebody's");
        File.CreateSymbolicLink(PathOf("alice"), target);

        await LoginAsync("--profile alice");

        Assert.That((await File.ReadAllTextAsync(target), Profiles.Read("alice").ClientId), Is.EqualTo(("somebody's", RightId)));
    }

    private void AssertRejected(int exitCode, string advice, UnixFileMode mode) => Assert.Multiple(() =>
    {
        Assert.That((exitCode, Emulator.Requests.Count), Is.EqualTo((2, 0)));
        Assert.That(Messages.Output, Does.Contain(advice).And.Contain($" {Convert.ToString((int)mode, 8)}"));
    });
}
