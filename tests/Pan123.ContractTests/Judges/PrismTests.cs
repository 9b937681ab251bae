namespace Pan123.ContractTests;

/// <summary>The client before an independent judge, which knows the specification and nothing of the client.</summary>
public sealed class PrismTests
{
    private Prism _prism = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _prism = await Prism.StartAsync(Repository.PathOf(Specification.File));

    [OneTimeTearDown]
    public async Task StopAsync() => await _prism.DisposeAsync();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(100)]
    public async Task It_accepts_what_the_client_sends(int count)
    {
        using var client = CreateClient(_prism, new Pan123ClientOptions { AccessToken = "token" });

        // Prism reads a number as JavaScript does; larger IDs are for the emulator to judge.
        const long Largest = (1L << 53) - 1;
        var answer = await client.DeleteFilesAsync(Enumerable.Range(0, count).Select(i => Largest - i));

        Assert.That(answer.TraceId, Is.EqualTo("dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h"));
    }

    [Test]
    public async Task It_issues_a_token_to_the_client()
    {
        using var client = CreateClient(_prism, new Pan123ClientOptions { ClientId = "id", ClientSecret = "secret" });

        Assert.That((await client.DeleteFilesAsync([1])).Code, Is.Zero);
    }

    [TestCaseSource(typeof(RequestMutation), nameof(RequestMutation.All))]
    public async Task It_rejects_a_request_with_one_thing_wrong(RequestMutation mutation)
    {
        using var http = new HttpClient { BaseAddress = _prism.BaseAddress };
        using var documented = RequestMutation.CreateDocumentedRequest();
        using var broken = mutation.CreateRequest();

        using var accepted = await http.SendAsync(documented);
        using var rejected = await http.SendAsync(broken);

        var why = await rejected.Content.ReadAsStringAsync();
        await TestContext.Out.WriteLineAsync($"{mutation}: HTTP {(int)rejected.StatusCode} {why}");
        Assert.That(((int)accepted.StatusCode, (int)rejected.StatusCode), Is.EqualTo((200, mutation.Status)), why);
    }

    [Test]
    public async Task Whatever_answer_the_specification_allows_the_client_ends_in_a_definite_outcome()
    {
        await using var dynamic = await Prism.StartAsync(Repository.PathOf(Specification.File), "--dynamic");
        using var client = CreateClient(dynamic, Impatient());

        for (var i = 0; i < 100; i++)
        {
            // Any other exception is a crash, and fails the test.
            var outcome = await CatchAsync(client);
            Assert.That(outcome, Is.Null.Or.InstanceOf<Pan123ApiException>().Or.InstanceOf<Pan123OutcomeUnknownException>());
        }
    }

    [Test]
    public async Task Whatever_else_is_in_it_an_answer_with_code_0_is_a_success()
    {
        using var folder = new TemporaryFolder();
        var success = Specification.CurrentText.Replace("          anyOf:\n            - $ref: '#/components/schemas/Pan123ErrorCode'\n", "          enum: [0]\n          anyOf:\n", StringComparison.Ordinal);
        await using var dynamic = await Prism.StartAsync(await folder.WriteAsync("success.yaml", success), "--dynamic");
        using var client = CreateClient(dynamic, Impatient());

        for (var i = 0; i < 100; i++)
        {
            Assert.That(await CatchAsync(client), Is.Null);
        }
    }

    // A made-up 429 or 503 is not worth a wait, nor many of them a pause.
    private static Pan123ClientOptions Impatient() =>
        new() { AccessToken = "token", RetryDelay = TimeSpan.FromMilliseconds(1), CircuitBreakerMinimumThroughput = int.MaxValue };

    private static async Task<Exception?> CatchAsync(StandalonePan123Client client)
    {
        try
        {
            await client.DeleteFilesAsync([1]);
            return null;
        }
        catch (Pan123Exception failure)
        {
            return failure;
        }
    }

    private static StandalonePan123Client CreateClient(Prism prism, Pan123ClientOptions options)
    {
        (options.BaseAddress, options.RequestsPerSecond, options.MaxRetries) = (prism.BaseAddress, null, 0);
        return Pan123Client.Create(options);
    }
}
