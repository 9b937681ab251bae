using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Pan123.Cli;

/// <summary>The IDs on the command line. They are checked before anybody is asked for consent, with the limits of the specification.</summary>
internal sealed class FileIdsArgument : Argument<IReadOnlyList<long>>
{
    public FileIdsArgument()
        : base("id")
    {
        Description = $"IDs of files in the recycle bin, at most {DeleteFilesRequest.FileIDsMaxItems}.";
        Arity = ArgumentArity.OneOrMore;
        CustomParser = Parse;
    }

    private static List<long>? Parse(ArgumentResult result)
    {
        var ids = new List<long>();
        foreach (var token in result.Tokens)
        {
            if (!long.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) || id < DeleteFilesRequest.FileIDsItemMinimum)
            {
                result.AddError($"'{token.Value}' is not a file ID: a whole number from {DeleteFilesRequest.FileIDsItemMinimum} to {long.MaxValue}.");
            }
            else if (ids.Contains(id))
            {
                result.AddError($"File ID {id} is given twice.");
            }
            else
            {
                ids.Add(id);
            }
        }

        if (result.Tokens.Count > DeleteFilesRequest.FileIDsMaxItems)
        {
            result.AddError($"{result.Tokens.Count} file IDs are given; at most {DeleteFilesRequest.FileIDsMaxItems} can be deleted at once.");
        }

        return ids;
    }
}
