namespace Pan123.Cli;

/// <summary>Where the program's settings come from; secrets come from nowhere else, since everybody on the machine sees its arguments.</summary>
internal static class EnvironmentVariable
{
    public const string AccessToken = "PAN123_ACCESS_TOKEN";

    public const string ClientId = "PAN123_CLIENT_ID";

    public const string ClientSecret = "PAN123_CLIENT_SECRET";

    public const string BaseAddress = "PAN123_BASE_ADDRESS";
}
