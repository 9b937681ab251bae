using System.Net.Http.Headers;
using System.Text;
using Pan123.Emulator;

namespace Pan123.ContractTests;

/// <summary>A deletion that is as documented but for one thing, and what each judge says of it.</summary>
/// <param name="What">What is wrong.</param>
/// <param name="Status">The status that Prism answers.</param>
/// <param name="Named">What the judge in this process names.</param>
/// <param name="Mutate">Makes it wrong.</param>
public sealed record RequestMutation(string What, int Status, string Named, Action<HttpRequestMessage> Mutate)
{
    public static IReadOnlyList<RequestMutation> All { get; } =
    [
        new("101 IDs", 422, "TooManyItems", request => request.Content = Ids(Enumerable.Range(1, 101))),
        new("no ID", 422, "TooFewItems", request => request.Content = Ids([])),
        new("a string for an ID", 422, "IntegerExpected", request => request.Content = Json("""{"fileIDs":["14705301"]}""")),
        new("a fraction for an ID", 422, "IntegerExpected", request => request.Content = Json("""{"fileIDs":[1.5]}""")),
        new("an ID that is not positive", 422, "NumberTooSmall", request => request.Content = Ids([0])),
        new("an ID twice", 422, "ItemsNotUnique", request => request.Content = Ids([7, 7])),
        new("an object for the list", 422, "ArrayExpected", request => request.Content = Json("""{"fileIDs":{}}""")),
        new("the list in another case", 422, "PropertyRequired", request => request.Content = Json("""{"fileIds":[1]}""")),
        new("one field more", 422, "NoAdditionalPropertiesAllowed", request => request.Content = Json("""{"fileIDs":[1],"force":true}""")),
        new("only the list", 422, "ObjectExpected", request => request.Content = Json("[1]")),
        new("half a body", 400, "Unexpected end", request => request.Content = Json("""{"fileIDs":[1""")),
        new("no body", 422, "There is no body", request => request.Content = null),
        new("another content type", 415, "content type is 'text/plain", request => request.Content = new StringContent("""{"fileIDs":[1]}""", Encoding.UTF8, "text/plain")),
        new("no Platform", 422, "Platform is missing", request => request.Headers.Remove("Platform")),
        new("another Platform", 422, "Platform is 'web'", request => SetPlatform(request, "web")),
        new("Platform in another case", 422, "Platform is 'Open_Platform'", request => SetPlatform(request, "Open_Platform")),
        new("no token", 401, "no access token", request => request.Headers.Authorization = null),
        new("another kind of token", 401, "not one bearer token", request => request.Headers.Authorization = new AuthenticationHeaderValue("Basic", "dG9rZW4=")),
        new("another verb", 405, "no operation PUT", request => request.Method = HttpMethod.Put),
        new("a verb without a body", 405, "no operation GET", request => (request.Method, request.Content) = (HttpMethod.Get, null)),
        new("another path", 404, "There is no path", request => request.RequestUri = new Uri("api/v1/file/restore", UriKind.Relative)),
        new("a path in another case", 404, "There is no path", request => request.RequestUri = new Uri("api/v1/File/Delete", UriKind.Relative)),
    ];

    /// <summary>A request as it is documented.</summary>
    public static HttpRequestMessage CreateDocumentedRequest()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Pan123Emulator.DeleteFilesPath.TrimStart('/'), UriKind.Relative)) { Content = Json(DocumentedFacts.ExampleRequest) };
        request.Headers.Add("Platform", "open_platform");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "token");
        return request;
    }

    public HttpRequestMessage CreateRequest()
    {
        var request = CreateDocumentedRequest();
        Mutate(request);
        return request;
    }

    public override string ToString() => What;

    private static void SetPlatform(HttpRequestMessage request, string value)
    {
        request.Headers.Remove("Platform");
        request.Headers.Add("Platform", value);
    }

    private static ByteArrayContent Ids(IEnumerable<int> ids) => Json($$"""{"fileIDs":[{{string.Join(',', ids)}}]}""");

    private static ByteArrayContent Json(string text) =>
        new(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
