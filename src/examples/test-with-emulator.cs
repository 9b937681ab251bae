// A test of your own code with the emulator, which rejects the first request because there were too many.
// Run: dotnet run src/examples/test-with-emulator.cs

// Outside of this repository: #:package Pan123.Generated@* and #:package Pan123.Emulator@*, and @* after the names of the other packages
#:project ../Pan123.Generated/Pan123.Generated.csproj
#:project ../Pan123.Emulator/Pan123.Emulator.csproj
#:package NUnit
#:package NUnit3TestAdapter
#:property EnableNUnitRunner=true
#:property PublishAot=false

using NUnit.Framework;
using Pan123;
using Pan123.Emulator;

public sealed class CleanerTests
{
    [Test]
    public async Task Files_are_deleted_although_there_were_too_many_requests()
    {
        long[] fileIds = [14705301, 14705306];
        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Drive.AddToRecycleBin(fileIds);
        emulator.Faults.Enqueue(Fault.BodyCode(429, "too many requests"));
        using var pan = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, AccessToken = emulator.AccessToken });

        await new Cleaner(pan).CleanAsync(fileIds);

        Assert.That(emulator.Drive.DeletedFileIds, Is.EqualTo(fileIds));
        Assert.That(emulator.Requests, Has.Count.EqualTo(2));
    }
}

// Your own code.
public sealed class Cleaner(IPan123Client pan)
{
    public Task CleanAsync(long[] fileIds) => pan.DeleteFilesAsync(fileIds);
}
