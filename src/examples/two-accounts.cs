// Two accounts: each has a client of its own, a keyed service. The first argument says whose files are deleted.
// Run: Pan123__Alice__AccessToken=… Pan123__Bob__AccessToken=… dotnet run src/examples/two-accounts.cs alice 14705301 14705306

// Outside of this repository: #:package Pan123.Generated@*, and @* after the name of the other package
#:project ../Pan123.Generated/Pan123.Generated.csproj
#:package Microsoft.Extensions.Hosting

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pan123;

var builder = Host.CreateApplicationBuilder();
builder.Services.AddPan123Client("alice", builder.Configuration.GetSection("Pan123:Alice"));
builder.Services.AddPan123Client("bob", builder.Configuration.GetSection("Pan123:Bob"));
using var host = builder.Build();

// A class gets one of them by its constructor: ([FromKeyedServices("alice")] IPan123Client pan).
var pan = host.Services.GetRequiredKeyedService<IPan123Client>(args[0]);
var response = await pan.DeleteFilesAsync(args.Skip(1).Select(long.Parse));
Console.WriteLine($"Deleted permanently from the drive of {args[0]}. Trace ID: {response.TraceId}");
