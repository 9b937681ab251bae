// A console program: deletes files that are in the recycle bin, and prints the outcome.
// Run: PAN123_ACCESS_TOKEN=… dotnet run src/examples/console.cs 14705301 14705306

// Outside of this repository: #:package Pan123.Generated@*
#:project ../Pan123.Generated/Pan123.Generated.csproj

using Pan123;

using var pan = Pan123Client.Create(new Pan123ClientOptions
{
    AccessToken = Environment.GetEnvironmentVariable("PAN123_ACCESS_TOKEN"),
    BaseAddress = new Uri(Environment.GetEnvironmentVariable("PAN123_BASE_ADDRESS") ?? Pan123Client.DefaultBaseAddress),
});

try
{
    var response = await pan.DeleteFilesAsync(args.Select(long.Parse));
    Console.WriteLine($"Deleted permanently. Trace ID: {response.TraceId}");
    return 0;
}
catch (Pan123Exception exception)
{
    Console.Error.WriteLine(exception.Outcome switch
    {
        DeleteOutcome.Rejected => "Rejected by the service.",
        DeleteOutcome.Unknown => "Unknown: the files may be deleted or not. It is safe to run this again.",
        _ => "Not sent: the files are untouched.",
    });
    Console.Error.WriteLine(exception.Message);
    return 1;
}
