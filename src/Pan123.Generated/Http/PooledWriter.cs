using System.Globalization;
using System.Text;

namespace Pan123;

/// <summary>A text that is turned into UTF-8 at its end; until then it is in a borrowed buffer.</summary>
internal sealed class PooledWriter() : TextWriter(CultureInfo.InvariantCulture)
{
    private char[] _text = PooledChars.Instance.Rent(1024);
    private int _length;

    public override Encoding Encoding => Encoding.UTF8;

    public byte[] ToUtf8() => Encoding.GetBytes(_text, 0, _length);

    public override void Write(char value)
    {
        MakeRoom(1);
        _text[_length++] = value;
    }

    public override void Write(char[] buffer, int index, int count)
    {
        MakeRoom(count);
        Array.Copy(buffer, index, _text, _length, count);
        _length += count;
    }

    public override void Write(string? value)
    {
        if (value is not null)
        {
            MakeRoom(value.Length);
            value.CopyTo(0, _text, _length, value.Length);
            _length += value.Length;
        }
    }

    protected override void Dispose(bool disposing)
    {
        PooledChars.Instance.Return(_text);
        (_text, _length) = ([], 0);
        base.Dispose(disposing);
    }

    private void MakeRoom(int count)
    {
        if (_length + count > _text.Length)
        {
            var larger = PooledChars.Instance.Rent(Math.Max(2 * _text.Length, _length + count));
            Array.Copy(_text, larger, _length);
            PooledChars.Instance.Return(_text);
            _text = larger;
        }
    }
}
