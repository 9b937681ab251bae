using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Pan123.Cli.Tests;

/// <summary>A kind of damage to a journal.</summary>
/// <param name="name">What is done.</param>
/// <param name="apply">Does it to a journal; also given is another journal of the same list. It may change nothing.</param>
[SuppressMessage("Security", "CA5394", Justification = "Chance that can be repeated, and that guards nothing.")]
public sealed partial class JournalDamage(string name, Func<byte[], byte[], Random, byte[]> apply)
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<JournalDamage> Kinds { get; } =
    [
        new("a bit is flipped", (journal, _, random) => Change(journal, random.Next(journal.Length), old => (byte)(old ^ (1 << random.Next(8))))),
        new("a byte is changed", (journal, _, random) => Change(journal, random.Next(journal.Length), _ => (byte)random.Next(256))),
        new("a digit is changed", (journal, _, random) => Change(journal, Any(Where(journal, IsDigit), random), _ => (byte)('0' + random.Next(10)))),
        new("a batch's number is changed", (journal, _, random) => Replace(journal, BatchNumber, _ => $"\"batch\":{random.Next(1, 9)}", random)),
        new("a state is changed to deleted", (journal, _, random) => Replace(journal, State, _ => "\"state\":\"deleted\"", random)),
        new("a character's case is changed", (journal, _, random) => Change(journal, Any(Where(journal, IsLetter), random), old => (byte)(old ^ 0x20))),
        new("a blank is inserted", (journal, _, random) => Replace(journal, Colon, _ => ": ", random)),
        new("a property is doubled", (journal, _, random) => Replace(journal, BatchNumber, old => $"{old},\"batch\":{random.Next(1, 9)}", random)),
        new("bytes are removed", (journal, _, random) => Splice(journal, random.Next(journal.Length), random.Next(1, 300), [])),
        new("bytes are inserted", (journal, _, random) => Splice(journal, random.Next(journal.Length), 0, RandomBytes(random))),
        new("bytes are zeros", (journal, _, random) => Zero(journal, random.Next(journal.Length), random.Next(1, 300))),
        new("it is cut anywhere", (journal, _, random) => journal[..random.Next(journal.Length)]),
        new("it is cut at a line end", (journal, _, random) => Join(Split(journal)[..random.Next(Split(journal).Length)])),
        new("its tail is zeros", (journal, _, random) => Zero(journal, journal.Length - random.Next(1, 600), journal.Length)),
        new("zeros are appended", (journal, _, random) => [.. journal, .. new byte[random.Next(1, 6000)]]),
        new("zeros and a line end are appended", (journal, _, random) => [.. journal, .. new byte[random.Next(1, 600)], LineEnd]),
        new("two lines are swapped", (journal, _, random) => SwapLines(journal, random)),
        new("a line is doubled", (journal, _, random) => Lines(journal, lines => Insert(lines, lines, random, stays: true))),
        new("a line is copied elsewhere", (journal, _, random) => Lines(journal, lines => Insert(lines, lines, random, stays: false))),
        new("lines are removed in the middle", (journal, _, random) => Lines(journal, lines => RemoveLines(lines, random))),
        new("a line of another journal is inserted", (journal, other, random) => Lines(journal, lines => Insert(lines, Split(other), random, stays: false))),
        new("a line is another journal's", (journal, other, random) => Lines(journal, lines => ReplaceLine(lines, Split(other), random))),
        new("the rest is another journal's", (journal, other, random) => SpliceTail(journal, other, random)),
        new("a line end is changed", (journal, _, random) => Change(journal, Any(Where(journal, old => old == LineEnd), random), _ => (byte)random.Next(256))),
        new("all line ends are CR LF", (journal, _, _) => Encode(Decode(journal).Replace("\n", "\r\n", StringComparison.Ordinal))),
        new("one line end is CR LF", (journal, _, random) => Replace(journal, LineFeed, _ => "\r\n", random)),
        new("all line ends are CR", (journal, _, _) => Encode(Decode(journal).Replace('\n', '\r'))),
        new("it begins with a byte order mark", (journal, _, _) => [.. Encoding.UTF8.Preamble, .. journal]),
        new("it is in UTF-16", (journal, _, _) => Encoding.Unicode.GetBytes(Decode(journal))),
        new("its checksums are removed", (journal, _, _) => Encode(Checksum.Replace(Decode(journal), ""))),
        new("one checksum is removed", (journal, _, random) => Replace(journal, Checksum, _ => "", random)),
        new("one checksum is another one", (journal, _, random) => Replace(journal, Checksum, _ => Any(Checksum.Matches(Decode(journal)), random).Value, random)),
    ];

    [GeneratedRegex("\"batch\":\\d+")]
    private static partial Regex BatchNumber { get; }

    [GeneratedRegex("\"state\":\"(rejected|unknown|notSent)\"")]
    private static partial Regex State { get; }

    [GeneratedRegex(":")]
    private static partial Regex Colon { get; }

    [GeneratedRegex("\n")]
    private static partial Regex LineFeed { get; }

    [GeneratedRegex(",\"checksum\":\"[0-9a-f]+\"")]
    private static partial Regex Checksum { get; }

    public byte[] Apply(byte[] journal, byte[] other, Random random) => apply([.. journal], other, random);

    public override string ToString() => name;

    private static bool IsDigit(byte value) => char.IsAsciiDigit((char)value);

    private static bool IsLetter(byte value) => char.IsAsciiLetter((char)value);

    private static IReadOnlyList<int> Where(byte[] journal, Func<byte, bool> predicate) => [.. Enumerable.Range(0, journal.Length).Where(index => predicate(journal[index]))];

    private static T Any<T>(IReadOnlyList<T> items, Random random) => items[random.Next(items.Count)];

    private static byte[] Change(byte[] journal, int index, Func<byte, byte> change)
    {
        journal[index] = change(journal[index]);
        return journal;
    }

    private static byte[] Zero(byte[] journal, int start, int count)
    {
        var begin = Math.Max(0, start);
        journal.AsSpan(begin, Math.Min(count, journal.Length - begin)).Clear();
        return journal;
    }

    private static byte[] Splice(byte[] journal, int start, int count, byte[] instead) =>
        [.. journal[..start], .. instead, .. journal[Math.Min(start + count, journal.Length)..]];

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(1, 20)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Replace(byte[] journal, Regex pattern, Func<string, string> replace, Random random)
    {
        var text = Decode(journal);
        var matches = pattern.Matches(text);
        if (matches.Count == 0)
        {
            return journal;
        }

        var match = Any(matches, random);
        return Encode($"{text[..match.Index]}{replace(match.Value)}{text[(match.Index + match.Length)..]}");
    }

    private static byte[] Lines(byte[] journal, Func<byte[][], byte[][]> change) => Join(change(Split(journal)));

    private static byte[] SwapLines(byte[] journal, Random random) => Lines(journal, lines =>
    {
        var (first, second) = (random.Next(lines.Length), random.Next(lines.Length));
        (lines[first], lines[second]) = (lines[second], lines[first]);
        return lines;
    });

    private static byte[][] Insert(byte[][] lines, byte[][] source, Random random, bool stays)
    {
        var from = random.Next(source.Length);
        var to = stays ? from : random.Next(lines.Length + 1);
        return [.. lines[..to], source[from], .. lines[to..]];
    }

    private static byte[][] RemoveLines(byte[][] lines, Random random)
    {
        var start = random.Next(lines.Length);
        return [.. lines[..start], .. lines[random.Next(start, lines.Length)..]];
    }

    private static byte[][] ReplaceLine(byte[][] lines, byte[][] other, Random random)
    {
        var index = random.Next(Math.Min(lines.Length, other.Length));
        lines[index] = other[index];
        return lines;
    }

    private static byte[] SpliceTail(byte[] journal, byte[] other, Random random)
    {
        var (lines, others) = (Split(journal), Split(other));
        var index = random.Next(1, Math.Max(2, Math.Min(lines.Length, others.Length)));
        return Join([.. lines[..Math.Min(index, lines.Length)], .. others[Math.Min(index, others.Length)..]]);
    }

    // Each with its end; the last one may have none.
    private static byte[][] Split(byte[] journal)
    {
        var lines = new List<byte[]>();
        for (var rest = journal.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOf(LineEnd);
            var length = end < 0 ? rest.Length : end + 1;
            lines.Add(rest[..length].ToArray());
            rest = rest[length..];
        }

        return [.. lines];
    }

    private static byte[] Join(byte[][] lines) => [.. lines.SelectMany(line => line)];

    // One byte is one character, so that whatever it holds comes back.
    private static string Decode(byte[] journal) => Encoding.Latin1.GetString(journal);

    private static byte[] Encode(string text) => Encoding.Latin1.GetBytes(text);
}
