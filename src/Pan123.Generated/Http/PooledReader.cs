using System.Text;

namespace Pan123;

/// <summary>A text in UTF-8, decoded into a borrowed buffer.</summary>
internal sealed class PooledReader : TextReader
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private char[] _text;
    private int _position;
    private int _length;

    public PooledReader(byte[] utf8)
    {
        var start = utf8.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;

        // A byte is at most one character.
        _text = PooledChars.Instance.Rent(utf8.Length);
        _length = Encoding.UTF8.GetChars(utf8, start, utf8.Length - start, _text, 0);
    }

    public override int Read(char[] buffer, int index, int count)
    {
        var read = Math.Min(count, _length - _position);
        Array.Copy(_text, _position, buffer, index, read);
        _position += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        PooledChars.Instance.Return(_text);
        (_text, _length, _position) = ([], 0, 0);
        base.Dispose(disposing);
    }
}
