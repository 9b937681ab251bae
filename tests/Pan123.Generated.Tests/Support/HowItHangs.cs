namespace Pan123.Tests;

/// <summary>How a cache does not respond.</summary>
public enum HowItHangs
{
    /// <summary>Until it is cancelled.</summary>
    Heedful,

    /// <summary>Whatever is cancelled.</summary>
    Deaf,

    /// <summary>With its caller's thread.</summary>
    Blocking,
}
