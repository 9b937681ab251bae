namespace Pan123.Cli;

/// <summary>What a list of IDs is read for, in the words of its errors.</summary>
/// <param name="Command">The command, such as <c>delete</c>.</param>
/// <param name="Option">The option that gives a file, such as <c>--from</c>.</param>
/// <param name="HowToGive">How to give an ID, for an empty list.</param>
/// <param name="Consequence">What an error means.</param>
internal sealed record FileIdListUse(string Command, string Option, string HowToGive, string Consequence)
{
    public static FileIdListUse Delete => For("delete", "--from");

    public static FileIdListUse Emulator => new("emulator", "--ids", Texts.Of($"give --ids a file with IDs, or --files 0 for no files"), Texts.Of($"Nothing was started."));

    /// <summary>For a command that sends requests for the files.</summary>
    public static FileIdListUse For(string command, string option) =>
        new(command, option, Texts.Of($"give IDs as arguments, or a file with {option}"), Texts.Of($"Nothing was sent."));
}
