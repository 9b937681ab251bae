namespace Pan123.Emulator.Tests;

/// <summary>Limits of single endpoints.</summary>
public sealed class EndpointLimitTests : AccessTokenFixture
{
    private static readonly TestCaseData[] Documented =
    [
        new(TokenPath, 10), new(ListPath, 15), new(InfosPath, 10), new(TrashPath, 5), new(DeletePath, 10),
        new(RecoverPath, 3), new(RecoverToFolderPath, 3),
    ];

    protected override Pan123EmulatorOptions Options => new()
    {
        TimeProvider = Clock,
        RequestsPerSecond = 3,
        RequestsPerSecondByPath = Pan123EmulatorOptions.DocumentedRequestsPerSecond,
    };

    [TestCaseSource(nameof(Documented))]
    public async Task Each_has_the_documented_one_and_where_there_is_none_the_general_one(string path, int limit)
    {
        var codes = new List<int>();
        for (var i = 0; i <= limit; i++)
        {
            codes.Add((await SendAsync(path == ListPath ? GetRequest(path) : PostRequest(path, "bad"))).Code);
        }

        Assert.That(codes, Is.EqualTo([.. Enumerable.Repeat(1, limit), 429]));
        Assert.That(Pan.Endpoints.Single(endpoint => endpoint.Path == path).RequestsPerSecond, Is.EqualTo(limit));
    }

    [Test]
    public async Task The_message_has_the_endpoints_limit()
    {
        for (var i = 0; i < 5; i++)
        {
            await TrashAsync();
        }

        Assert.That((await TrashAsync()).Message, Is.EqualTo("too many requests: no more than 5 a second"));
    }

    [Test]
    public void A_change_of_the_general_one_leaves_the_others()
    {
        Pan.RequestsPerSecond = null;

        Assert.That(
            Pan.Endpoints.ToDictionary(endpoint => endpoint.Path, endpoint => endpoint.RequestsPerSecond),
            Is.EquivalentTo(Documented.ToDictionary(each => (string)each.Arguments[0]!, each => (int)each.Arguments[1]! is var limit and not 3 ? limit : default(int?))));
    }

    [Test]
    public void The_endpoints_are_those_documented()
    {
        Assert.That(Pan.Endpoints.Select(endpoint => $"{endpoint.Method} {endpoint.Path}"), Is.EquivalentTo(
            [
                "POST /api/v1/access_token",
                "GET /api/v2/file/list",
                "POST /api/v1/file/infos",
                "POST /api/v1/file/trash",
                "POST /api/v1/file/recover",
                "POST /api/v1/file/recover/by_path",
                "POST /api/v1/file/delete",
            ]));
    }

    [Test]
    public void Limits_that_make_no_sense_are_refused()
    {
        Assert.That(() => new Pan123EmulatorOptions { RequestsPerSecondByPath = null! }, Throws.ArgumentNullException);
        Assert.That(
            () => new Pan123EmulatorOptions { RequestsPerSecondByPath = new Dictionary<string, int> { [DeletePath] = 0 } },
            Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => Pan123Emulator.StartAsync(new() { RequestsPerSecondByPath = new Dictionary<string, int> { ["/file/delete"] = 1 } }),
            Throws.ArgumentException.With.Message.Contains("'/file/delete'"));
    }
}
