namespace Pan123.Cli;

/// <summary>What a list of IDs is read for, in the words of its errors.</summary>
/// <param name="Command">The command, such as <c>delete</c>.</param>
/// <param name="Option">The option that gives a file, such as <c>--from</c>.</param>
/// <param name="HowToGive">How to give an ID, for an empty list.</param>
/// <param name="Consequence">What an error means.</param>
internal sealed record FileIdListUse(string Command, string Option, string HowToGive, string Consequence)
{
    public static FileIdListUse Delete { get; } = new("delete", "--from", "give IDs as arguments, or a file with --from", "Nothing was sent.");

    public static FileIdListUse Emulator { get; } = new("emulator", "--ids", "give --ids a file with IDs, or --files 0 for no files", "Nothing was started.");
}
