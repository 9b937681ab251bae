namespace Pan123.Cli;

/// <summary>Suggests the name that a user may have misspelt.</summary>
internal static class Suggestion
{
    private const int MaxDistance = 3;

    /// <returns>A sentence to append to an error, with a blank before it; empty if no name is similar.</returns>
    public static string For(string word, IEnumerable<string> names)
    {
        var maxDistance = Math.Min(MaxDistance, word.TrimStart('-').Length / 2);
        var nearest = names.Where(name => name != word).Select(name => (Name: name, Distance: name.StartsWith(word, StringComparison.Ordinal) ? 0 : Distance(word, name))).DefaultIfEmpty().MinBy(each => each.Distance);
        return nearest.Name is not null && nearest.Distance <= maxDistance ? Texts.Of($" Did you mean {nearest.Name}?") : "";
    }

    /// <summary>The Levenshtein distance: how many characters to insert, remove or replace.</summary>
    private static int Distance(string from, string to)
    {
        var previous = Enumerable.Range(0, to.Length + 1).ToArray();
        foreach (var (row, character) in from.Index())
        {
            var current = new int[to.Length + 1];
            current[0] = row + 1;
            for (var column = 0; column < to.Length; column++)
            {
                var replaced = previous[column] + (character == to[column] ? 0 : 1);
                current[column + 1] = Math.Min(replaced, 1 + Math.Min(previous[column + 1], current[column]));
            }

            previous = current;
        }

        return previous[^1];
    }
}
