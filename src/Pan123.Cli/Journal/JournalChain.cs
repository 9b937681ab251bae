using System.Text;
using System.Text.Json;

namespace Pan123.Cli;

/// <summary>
/// Encodes and decodes the lines of a journal, one after the other. Each is a JSON object whose last property is a checksum over the checksum
/// of the line before it and its own bytes, so that a line that was changed, moved, duplicated, removed or inserted does not match.
/// </summary>
/// <remarks>It guards against damage, not against an attacker, who could compute the checksums as well: a key would add nothing.</remarks>
internal sealed class JournalChain
{
    /// <summary>What ends a line.</summary>
    public const byte LineEnd = (byte)'\n';

    // A batch of a hundred IDs of nineteen digits takes half of it.
    private const int MaxLineLength = 4096;

    private byte[] _lastChecksum = [];

    private static ReadOnlySpan<byte> BeforeChecksum => ",\"checksum\":\""u8;

    private static ReadOnlySpan<byte> AfterChecksum => "\"}"u8;

    /// <summary>Appends a line to the chain.</summary>
    /// <param name="json">An object with at least one property.</param>
    /// <returns>The line, with its end.</returns>
    public byte[] Encode(ReadOnlySpan<byte> json)
    {
        var content = json[..^1];
        _lastChecksum = ComputeChecksum(content);
        return [.. Join(content, _lastChecksum), LineEnd];
    }

    /// <summary>Checks that a line is the next one of the chain.</summary>
    /// <param name="line">Without its end.</param>
    /// <returns>The object, without the checksum.</returns>
    /// <exception cref="FormatException">The line is not what was written after the one before it.</exception>
    public byte[] Decode(ReadOnlySpan<byte> line)
    {
        var content = GetContent(line);
        var checksum = ComputeChecksum(content);
        if (!line.SequenceEqual(Join(content, checksum)))
        {
            throw new FormatException(Texts.Of($"the checksum of the line does not match"));
        }

        _lastChecksum = checksum;
        return [.. content, (byte)'}'];
    }

    /// <summary>Whether this can be what is left of the next line if its write was interrupted.</summary>
    /// <param name="tail">What follows the last line end.</param>
    public bool IsTornLine(ReadOnlySpan<byte> tail)
    {
        // After a power cut the file may have its new length already, and zeros where the data would be. Only one line is ever not flushed,
        // so more zeros than it has stand where flushed lines were.
        var text = tail.TrimEnd((byte)0);
        return tail.Length - text.Length <= MaxLineLength && (text.IsEmpty || IsWholeLine(text) || IsBeginningOfObject(text));
    }

    private static bool IsBeginningOfObject(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndObject)
                {
                    // A line has no object in it: this is a whole line, and one that does not match.
                    return false;
                }
            }

            return text[0] == '{';
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> GetContent(ReadOnlySpan<byte> line) =>
        line[..Math.Max(0, line.Length - BeforeChecksum.Length - JournalHeader.HashLength - AfterChecksum.Length)];

    private static byte[] Join(ReadOnlySpan<byte> content, ReadOnlySpan<byte> checksum) => [.. content, .. BeforeChecksum, .. checksum, .. AfterChecksum];

    private bool IsWholeLine(ReadOnlySpan<byte> text)
    {
        var content = GetContent(text);
        return text.SequenceEqual(Join(content, ComputeChecksum(content)));
    }

    private byte[] ComputeChecksum(ReadOnlySpan<byte> content) => Encoding.ASCII.GetBytes(JournalHeader.Hash([.. _lastChecksum, .. content]));
}
