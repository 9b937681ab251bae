using System.Net;
using Pan123.Emulator;

namespace Pan123.ContractTests;

/// <summary>The specification and the client against what the platform documents.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DocumentedFactsTests
{
    [TestCaseSource(typeof(DocumentedFacts), nameof(DocumentedFacts.All))]
    public void The_specification_says_what_is_documented(DocumentedFact fact) => Assert.That(fact.FindProblem(Specification.Current), Is.Null);

    [Test]
    public async Task The_client_sends_the_documented_example_and_reads_the_documented_answer()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Faults.Enqueue(Fault.Response(HttpStatusCode.OK, "application/json", DocumentedFacts.ExampleAnswer));
        using var client = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, AccessToken = "token" });

        var answer = await client.DeleteFilesAsync([14705301, 14705306]);

        var request = emulator.Requests.Single();
        Assert.Multiple(() =>
        {
            Assert.That((request.Method, request.PathAndQuery, request.BodyText), Is.EqualTo(("POST", "/api/v1/file/delete", DocumentedFacts.ExampleRequest)));
            Assert.That(request.Headers, Has.Member(KeyValuePair.Create("Authorization", "Bearer token")));
            Assert.That(request.Headers, Has.Member(KeyValuePair.Create("Platform", "open_platform")));
            Assert.That(request.Headers, Has.Member(KeyValuePair.Create("Content-Type", "application/json")));
            Assert.That((answer.Code, answer.Message, answer.TraceId), Is.EqualTo((0, "ok", "dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h")));
        });
    }

    [Test]
    public void The_clients_service_and_limit_are_those_documented() =>
        Assert.That((Pan123Client.DefaultBaseAddress, DeleteFilesRequest.FileIdsMaxItems), Is.EqualTo(("https://open-api.123pan.com", 100)));
}
