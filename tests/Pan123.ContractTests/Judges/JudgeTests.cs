namespace Pan123.ContractTests;

/// <summary>The judge in this process, which stands behind every test: it lets a documented request pass, and no other.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class JudgeTests
{
    [Test]
    public async Task A_documented_request_passes()
    {
        using var request = RequestMutation.CreateDocumentedRequest();

        Assert.That(await JudgeAsync(request), Is.Empty);
    }

    [TestCaseSource(typeof(RequestMutation), nameof(RequestMutation.All))]
    public async Task A_request_with_one_thing_wrong_is_rejected(RequestMutation mutation)
    {
        using var request = mutation.CreateRequest();

        Assert.That(await JudgeAsync(request), Has.Some.Contain(mutation.Named));
    }

    [Test]
    public async Task A_parameter_that_is_there_twice_is_named()
    {
        using var request = RequestMutation.CreateDocumentedRequest();
        request.Headers.Add("Platform", "open_platform");

        Assert.That(await JudgeAsync(request), Is.EqualTo(["The parameter Platform is there 2 times."]));
    }

    [Test]
    public async Task A_query_that_the_operation_does_not_have_is_named()
    {
        using var request = RequestMutation.CreateDocumentedRequest();
        request.RequestUri = new Uri($"{request.RequestUri}?force=true", UriKind.Relative);

        Assert.That(await JudgeAsync(request), Is.EqualTo(["There is no parameter force in the query."]));
    }

    [Test]
    public async Task A_token_where_none_is_taken_is_named()
    {
        using var request = RequestMutation.CreateDocumentedRequest();
        request.RequestUri = new Uri("api/v1/access_token", UriKind.Relative);

        Assert.That(await JudgeAsync(request), Has.Member("There is an access token, and the operation takes none."));
    }

    private static async Task<IEnumerable<string>> JudgeAsync(HttpRequestMessage request)
    {
        request.RequestUri = new Uri(new Uri("https://host/gateway/"), request.RequestUri!);
        return RequestJudge.OfThisRepository.FindProblems(request, request.Content is { } content ? await content.ReadAsByteArrayAsync() : null);
    }
}
