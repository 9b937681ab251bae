using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <summary>A user without credentials in the environment.</summary>
public abstract class ProfileFixture : CommandLineFixture
{
    protected const string RightId = Pan123EmulatorOptions.DefaultClientId;
    protected const string RightSecret = Pan123EmulatorOptions.DefaultClientSecret;

    internal ProfileFolder Profiles => new(FolderOfProfiles);

    /// <summary>The folder of the program, in which the one of the profiles is.</summary>
    protected string ParentFolder => Path.GetDirectoryName(FolderOfProfiles)!;

    protected string PathOf(string name) => Path.Combine(FolderOfProfiles, $"{name}.json");

    [SetUp]
    public void HaveFilesAndNoCredentials()
    {
        Environment.Remove("PAN123_ACCESS_TOKEN");
        Emulator.Drive.AddToRecycleBin(1, 2, 3);
    }

    protected void Keep(string name, string id = RightId, string secret = RightSecret) => Profiles.Write(name, new Profile(id, secret));

    protected Task<int> LoginAsync(string arguments = "", string id = RightId, string secret = RightSecret)
    {
        Input = $"{id}\n{secret}\n";
        return RunAsync($"login {arguments}");
    }

    protected void SetVariables(string id = RightId, string secret = RightSecret) => (Environment["PAN123_CLIENT_ID"], Environment["PAN123_CLIENT_SECRET"]) = (id, secret);
}
