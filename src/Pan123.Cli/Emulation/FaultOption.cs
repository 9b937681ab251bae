using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Pan123.Emulator;

namespace Pan123.Cli;

/// <summary>A fault by its name, and how many requests in a row get it: <c>http-503:2</c>.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Times">How many; null for a random choice.</param>
internal sealed record NamedFault(Fault Fault, int? Times);

/// <summary><c>--fault</c></summary>
internal sealed class FaultOption : Option<NamedFault[]>
{
    private const string CodePrefix = "code-";
    private const string StatusPrefix = "http-";
    private const string AfterProcessingSuffix = "-after-processing";

    private static readonly Dictionary<string, Func<Fault>> Faults = new(StringComparer.Ordinal)
    {
        ["html"] = () => Fault.Html(),
        ["truncated"] = Fault.TruncatedJson,
        ["empty"] = Fault.EmptyBody,
        ["oversized"] = () => Fault.OversizedBody(4 << 20),
        ["stalled"] = Fault.StalledHeaders,
        ["stalled-body"] = Fault.StalledBody,
        ["reset"] = Fault.ConnectionReset,
        ["reset-in-body"] = Fault.ConnectionResetInBody,
    };

    public FaultOption()
        : base("--fault")
    {
        Description = Texts.Of($"A fault of delete requests: {CodePrefix}N (a code in the body, such as code-401), {StatusPrefix}N (an HTTP status, such as http-503), {string.Join(Texts.Of($", "), Faults.Keys)}. With the suffix {AfterProcessingSuffix}, the fault follows after the files are deleted. :times applies it to the next requests, such as reset:2 to the next two; otherwise it is random, see --fault-probability. The option can be given more than once.");
        HelpName = "name[:times]";
        CustomParser = Parse;
    }

    private static NamedFault[] Parse(ArgumentResult result)
    {
        var faults = new List<NamedFault>();
        foreach (var token in result.Tokens)
        {
            var parts = token.Value.Split(':');
            var times = 0;
            if (Find(parts[0]) is not { } fault || parts.Length > 2 || (parts.Length == 2 && !(int.TryParse(parts[1], CultureInfo.InvariantCulture, out times) && times > 0)))
            {
                result.AddError(Texts.Of($"'{token.Value}' is not a fault: give {CodePrefix}N, {StatusPrefix}N, {string.Join(Texts.Of($", "), Faults.Keys)}, optionally with {AfterProcessingSuffix} and a number of times, such as http-503:2."));
            }
            else
            {
                faults.Add(new NamedFault(fault, parts.Length == 2 ? times : null));
            }
        }

        return [.. faults];
    }

    private static Fault? Find(string name)
    {
        if (name.EndsWith(AfterProcessingSuffix, StringComparison.Ordinal))
        {
            return Find(name[..^AfterProcessingSuffix.Length])?.AfterProcessing();
        }

        if (Number(CodePrefix) is { } code and not 0)
        {
            return Fault.BodyCode(code, "a fault that the emulator was asked for");
        }

        if (Number(StatusPrefix) is >= 400 and <= 599 and { } status)
        {
            return Fault.HttpStatus((HttpStatusCode)status);
        }

        return Faults.GetValueOrDefault(name)?.Invoke();

        int? Number(string prefix) =>
            name.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
