using System.CommandLine;

namespace Pan123.Cli;

/// <summary>An option without a value: what follows it is the next argument.</summary>
internal sealed class FlagOption : Option<bool>
{
    public FlagOption(string name, params string[] aliases)
        : base(name, aliases) => Arity = ArgumentArity.Zero;
}
