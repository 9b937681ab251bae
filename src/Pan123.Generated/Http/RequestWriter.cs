using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Pan123;

/// <summary>Writes the JSON of a request, in UTF-8, into a borrowed buffer that is the caller's afterwards.</summary>
internal struct RequestWriter()
{
    /// <summary>What has been written, and room after it.</summary>
    // A hundred IDs of today fit.
    public byte[] Buffer { get; private set; } = ArrayPool<byte>.Shared.Rent(1024);

    public int Length { get; private set; }

    /// <summary>Gives a buffer back, from when on it is another's. Cleared, since the pool is the whole program's: what was in it may be a secret.</summary>
    public static void Return(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer, clearArray: true);

    public void WriteStartObject() => WriteStart('{');

    public void WriteEndObject() => Write('}');

    public void WriteStartArray() => WriteStart('[');

    public void WriteEndArray() => Write(']');

    public void WritePropertyName(string name)
    {
        WriteValue(name);
        Write(':');
    }

    public void WriteValue(long value)
    {
        const int MostDigits = 20;

        WriteComma();
        MakeRoom(MostDigits);
        Utf8Formatter.TryFormat(value, Buffer.AsSpan(Length), out var written);
        Length += written;
    }

    public void WriteValue(bool value)
    {
        WriteComma();
        Write(value ? "true" : "false");
    }

    public void WriteValue(string? value)
    {
        WriteComma();
        if (value is null)
        {
            Write("null");
            return;
        }

        Write('"');
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (Escape(value[i]) is { } escaped)
            {
                Write(value, start, i - start);
                Write(escaped);
                start = i + 1;
            }
        }

        Write(value, start, value.Length - start);
        Write('"');
    }

    // The line ends of Unicode too, as Json.NET does.
    private static string? Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\b' => @"\b",
        '\f' => @"\f",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < ' ' or '\u0085' or '\u2028' or '\u2029' => $@"\u{((int)character).ToString("x4", CultureInfo.InvariantCulture)}",
        _ => null,
    };

    private void WriteStart(char bracket)
    {
        WriteComma();
        Write(bracket);
    }

    // After all but the beginning of something: a string that ends with such a character has a quotation mark after it.
    private void WriteComma()
    {
        if (Length > 0 && Buffer[Length - 1] is not ((byte)'{' or (byte)'[' or (byte)':'))
        {
            Write(',');
        }
    }

    private void Write(char ascii)
    {
        MakeRoom(1);
        Buffer[Length++] = (byte)ascii;
    }

    private void Write(string text) => Write(text, 0, text.Length);

    // Half a surrogate pair becomes the replacement character, as everywhere where text is encoded.
    private void Write(string text, int start, int length)
    {
        MakeRoom(Encoding.UTF8.GetMaxByteCount(length));
        Length += Encoding.UTF8.GetBytes(text, start, length, Buffer, Length);
    }

    private void MakeRoom(int count)
    {
        if (Length + count > Buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * Buffer.Length, Length + count));
            Array.Copy(Buffer, larger, Length);
            Return(Buffer);
            Buffer = larger;
        }
    }
}
