using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Pan123;

/// <summary>Writes the JSON of a request, in UTF-8, by way of a borrowed buffer.</summary>
internal struct RequestWriter()
{
    /// <summary>What has been written, and room after it. A hundred IDs of today fit.</summary>
    private byte[] Buffer { get; set; } = ArrayPool<byte>.Shared.Rent(1024);

    private int Length { get; set; }

    /// <returns>The JSON, in an array of its own: a transport may keep it, and a borrowed buffer would then get other IDs.</returns>
    public static byte[] Write(IRequestBody body)
    {
        var json = new RequestWriter();
        try
        {
            body.WriteTo(ref json);
            return json.Buffer.AsSpan(0, json.Length).ToArray();
        }
        finally
        {
            Return(json.Buffer);
        }
    }

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

    // Cleared, since the pool is the whole program's: what was in it may be a secret.
    private static void Return(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer, clearArray: true);

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
