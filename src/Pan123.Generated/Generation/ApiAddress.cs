namespace Pan123;

/// <summary>
/// Puts the parameters of an operation into its path and query, so that no value can change the target of a request. Only generated code calls
/// it, for the parameters that the specification has: TemplateCoverageTests tests it with an operation that has them.
/// </summary>
internal static class ApiAddress
{
    public static string Segment(string name, IConvertible value)
    {
        ArgumentNullException.ThrowIfNull(value, name);

        // Each of these would change the path: an empty segment, the current folder, the parent folder.
        var segment = Format(value);
        return segment is not ("" or "." or "..")
            ? Uri.EscapeDataString(segment)
            : throw new ArgumentException($"Nothing was sent: '{segment}' cannot be a segment of a path.", name);
    }

    /// <summary>The query with its question mark; empty if all parameters are null.</summary>
    public static string Query(params (string Name, IConvertible? Value)[] parameters)
    {
        var given = parameters.Where(parameter => parameter.Value is not null).ToList();
        return given.Count == 0 ? "" : $"?{string.Join("&", given.Select(each => $"{Uri.EscapeDataString(each.Name)}={Uri.EscapeDataString(Format(each.Value!))}"))}";
    }

    // Booleans are in lower case, as in JSON.
    private static string Format(IConvertible value) => value is bool truth ? (truth ? "true" : "false") : value.ToString(CultureInfo.InvariantCulture);
}
