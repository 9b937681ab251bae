namespace Pan123.Cli;

/// <summary>Times as people say them.</summary>
internal static class Duration
{
    /// <summary>"7 s", "3 min 20 s", "2 h 5 min"; rounded up to a whole second.</summary>
    public static string Format(TimeSpan time)
    {
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        return seconds switch
        {
            < 60 => Texts.Of($"{seconds} s"),
            < 3600 => Texts.Of($"{seconds / 60} min {seconds % 60} s"),
            _ => Texts.Of($"{seconds / 3600:N0} h {seconds / 60 % 60} min"),
        };
    }
}
