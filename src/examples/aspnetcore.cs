// A minimal API: POST /files/delete deletes files by their IDs. If they are not deleted, the response has problem details.
// Run: Pan123__AccessToken=… dotnet run src/examples/aspnetcore.cs; curl --json '[14705301]' http://localhost:5000/files/delete

// Outside of this repository: #:package Pan123.Generated@*
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:project ../Pan123.Generated/Pan123.Generated.csproj

using Pan123;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddPan123Client(builder.Configuration.GetSection("Pan123"));
builder.Services.AddProblemDetails();

var app = builder.Build();
app.MapPost("/files/delete", async (long[] fileIds, IPan123Client pan, CancellationToken cancellationToken) =>
{
    try
    {
        var response = await pan.DeleteFilesAsync(fileIds, cancellationToken);
        return Results.Ok(new { response.TraceId });
    }
    catch (ArgumentException exception)
    {
        return Results.Problem(exception.Message, statusCode: StatusCodes.Status400BadRequest);
    }
    catch (Pan123Exception exception)
    {
        return Results.Problem(exception.Message, title: $"{exception.Outcome}", statusCode: exception.Outcome switch
        {
            DeleteOutcome.Rejected => StatusCodes.Status409Conflict,
            DeleteOutcome.Unknown => StatusCodes.Status502BadGateway,
            _ => StatusCodes.Status503ServiceUnavailable,
        });
    }
});
await app.RunAsync();
