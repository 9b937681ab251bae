using System.CommandLine;

namespace Pan123.Cli;

/// <summary>An option that is given or not, and has no value: what follows it is the next argument.</summary>
internal sealed class FlagOption : Option<bool>
{
    public FlagOption(string name, params string[] aliases)
        : base(name, aliases) => Arity = ArgumentArity.Zero;
}
