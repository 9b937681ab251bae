using System.CommandLine;

namespace Pan123.Cli;

/// <summary><c>--profile NAME</c></summary>
internal sealed class ProfileOption : Option<string?>
{
    public ProfileOption(string description)
        : base("--profile")
    {
        Description = description;
        HelpName = "name";
        Validators.Add(result =>
        {
            if (result.Tokens is [.., { Value: var name }] && !ProfileFolder.IsName(name))
            {
                result.AddError(Texts.Of($"{Name} is '{name}': give {ProfileFolder.NameRule}."));
            }
        });
    }
}
