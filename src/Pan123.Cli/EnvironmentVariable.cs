namespace Pan123.Cli;

/// <summary>Where the program's settings come from; secrets come from here, a profile or a terminal, and never from its arguments, since everybody on the machine sees these.</summary>
internal static class EnvironmentVariable
{
    public const string AccessToken = "PAN123_ACCESS_TOKEN";

    public const string ClientId = "PAN123_CLIENT_ID";

    public const string ClientSecret = "PAN123_CLIENT_SECRET";

    public const string BaseAddress = "PAN123_BASE_ADDRESS";

    public const string Language = "PAN123_LANGUAGE";
}
