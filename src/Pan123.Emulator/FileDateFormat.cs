namespace Pan123.Emulator;

/// <summary>The formats of dates in the platform's documentation, which differ from page to page. All show the time of China, UTC+8.</summary>
public enum FileDateFormat
{
    /// <summary><c>2025-02-24 17:57:01</c>, as documented for the lists that the emulator sends.</summary>
    WithoutOffset,

    /// <summary><c>2025-02-24 17:57:01 +0800 CST</c>, as documented for the old list.</summary>
    WithOffsetAndZone,

    /// <summary><c>2025-02-24T17:57:01+08:00</c>, as documented for access tokens.</summary>
    Rfc3339,
}
