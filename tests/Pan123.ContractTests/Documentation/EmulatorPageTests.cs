using System.Reflection;
using System.Text.RegularExpressions;
using Pan123.Emulator;

namespace Pan123.ContractTests;

[Parallelizable(ParallelScope.All)]
public sealed class EmulatorPageTests
{
    private static readonly Page Emulator = new(Page.Emulator);

    [Test]
    public void Every_member_is_in_the_table_or_in_the_program()
    {
        var members = typeof(Pan123Emulator).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(member => member is PropertyInfo or MethodInfo { IsSpecialName: false }).Select(member => member.Name);

        // One is disposed by "await using", the other is an option that the endpoints' limits say more of.
        var others = new[] { nameof(Pan123Emulator.DisposeAsync), nameof(Pan123Emulator.RequestsPerSecond) };
        var program = Emulator.Snippets.Single();
        Assert.That(Emulator.NamesIn("| member |"), Is.EquivalentTo(members.Except(others).Where(member => !Regex.IsMatch(program, $@"BaseAddress = emulator\.{member}\b|AccessToken = emulator\.{member}\b"))));
    }

    [Test]
    public void Every_assumption_is_in_the_table()
    {
        var options = typeof(Pan123EmulatorOptions).GetProperties().Select(option => option.Name).Where(name => name.StartsWith("Assumed", StringComparison.Ordinal) || name.StartsWith("Sends", StringComparison.Ordinal));
        var faults = typeof(Fault).GetMethods().Select(fault => fault.Name).Where(name => name.StartsWith("Assumed", StringComparison.Ordinal)).Select(name => $"Fault.{name}");

        Assert.That(Emulator.NamesIn("| option or fault |"), Is.EquivalentTo(options.Concat(faults)));
    }
}
