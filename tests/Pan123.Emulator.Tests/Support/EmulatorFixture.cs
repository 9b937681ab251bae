using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pan123.Emulator.Tests;

/// <summary>An emulator per test, and a plain HttpClient that speaks to it as the platform documents, or as a test makes it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(20_000)]
public abstract class EmulatorFixture
{
    protected const string DeletePath = "/api/v1/file/delete";
    protected const string TrashPath = "/api/v1/file/trash";
    protected const string RecoverPath = "/api/v1/file/recover";
    protected const string RecoverToFolderPath = "/api/v1/file/recover/by_path";
    protected const string InfosPath = "/api/v1/file/infos";
    protected const string ListPath = "/api/v2/file/list";

    // Another process that runs these tests begins elsewhere.
    private static int _lowPort = 20_000 + (Environment.ProcessId % 10_000);

    protected Pan123Emulator Pan { get; private set; } = null!;

    protected HttpClient Http { get; private set; } = null!;

    protected virtual Pan123EmulatorOptions? Options => null;

    protected static CancellationToken TimeLimit => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task StartAsync()
    {
        Pan = await Pan123Emulator.StartAsync(Options);
        Http = new HttpClient { BaseAddress = Pan.BaseAddress };
    }

    [TearDown]
    public async Task StopAsync()
    {
        Http.Dispose();
        await Pan.DisposeAsync();
    }

    /// <summary>Starts anew, for tests of which each has options of its own.</summary>
    protected async Task StartAgainAsync(Pan123EmulatorOptions options)
    {
        await StopAsync();
        Pan = await Pan123Emulator.StartAsync(options);
        Http = new HttpClient { BaseAddress = Pan.BaseAddress };
    }

    /// <summary>Starts anew on a port that no system gives away by itself, so that nobody takes it when it is free.</summary>
    protected async Task StartOnLowPortAsync()
    {
        while (true)
        {
            try
            {
                await StartAgainAsync(new() { Port = Interlocked.Increment(ref _lowPort) });
                return;
            }
            catch (IOException inUse) when (inUse.Message.Contains("in use", StringComparison.Ordinal))
            {
                // Another one, then.
            }
        }
    }

    /// <summary>A request as documented, for tests to bend.</summary>
    protected static HttpRequestMessage DeleteRequest(string body, string accessToken = Pan123EmulatorOptions.DefaultAccessToken) =>
        PostRequest(DeletePath, body, accessToken);

    /// <inheritdoc cref="DeleteRequest"/>
    protected static HttpRequestMessage PostRequest(string path, string body, string accessToken = Pan123EmulatorOptions.DefaultAccessToken)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = GetRequest(path, accessToken);
        (request.Method, request.Content) = (HttpMethod.Post, content);
        return request;
    }

    /// <inheritdoc cref="DeleteRequest"/>
    protected static HttpRequestMessage GetRequest(string pathAndQuery, string accessToken = Pan123EmulatorOptions.DefaultAccessToken) =>
        new(HttpMethod.Get, new Uri(pathAndQuery, UriKind.Relative))
        {
            Headers = { { "Authorization", $"Bearer {accessToken}" }, { "Platform", "open_platform" } },
        };

    protected static string Body(params IEnumerable<long> fileIds) => $$"""{"fileIDs":[{{string.Join(',', fileIds)}}]}""";

    protected Task<Reply> DeleteAsync(params IEnumerable<long> fileIds) => SendAsync(DeleteRequest(Body(fileIds)));

    protected Task<Reply> TrashAsync(params IEnumerable<long> fileIds) => SendAsync(PostRequest(TrashPath, Body(fileIds)));

    protected Task<Reply> RecoverAsync(params IEnumerable<long> fileIds) => SendAsync(PostRequest(RecoverPath, Body(fileIds)));

    protected Task<Reply> RecoverToFolderAsync(long folderId, params IEnumerable<long> fileIds) =>
        SendAsync(PostRequest(RecoverToFolderPath, $$"""{"fileIDs":[{{string.Join(',', fileIds)}}],"parentFileID":{{folderId}}}"""));

    protected Task<Reply> GetInfosAsync(params IEnumerable<long> fileIds) =>
        SendAsync(PostRequest(InfosPath, $$"""{"fileIds":[{{string.Join(',', fileIds)}}]}"""));

    /// <summary>A page of a folder.</summary>
    /// <param name="folderId">The folder.</param>
    /// <param name="more">More parameters, such as <c>&amp;lastFileId=7</c>.</param>
    /// <param name="limit">The most files.</param>
    protected Task<Reply> ListAsync(long folderId, string more = "", int limit = 100) =>
        SendAsync(GetRequest($"{ListPath}?parentFileId={folderId}&limit={limit}{more}"));

    protected async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Http.SendAsync(request, TimeLimit);
            var content = response.Content;
            var body = await content.ReadAsStringAsync(TimeLimit);
            return new Reply(response.StatusCode, $"{content.Headers.ContentType}", body, response.Headers, content.Headers);
        }
    }

    protected sealed record Reply(
        HttpStatusCode Status, string ContentType, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
    {
        public int Code => Envelope.GetProperty("code").GetInt32();

        public string? Message => Envelope.GetProperty("message").GetString();

        public string? TraceId => Envelope.GetProperty("x-traceID").GetString();

        public JsonElement Data => Envelope.GetProperty("data");

        /// <summary>The IDs in <c>fileList</c>.</summary>
        public IEnumerable<long> FileIds => Data.GetProperty("fileList").EnumerateArray().Select(file => file.GetProperty("fileId").GetInt64());

        /// <summary>Of each file in <c>fileList</c>, whether it is in the recycle bin.</summary>
        public IEnumerable<int> Trashed => Data.GetProperty("fileList").EnumerateArray().Select(file => file.GetProperty("trashed").GetInt32());

        /// <summary>Of a page, where the next begins.</summary>
        public long Cursor => Data.GetProperty("lastFileId").GetInt64();

        private JsonElement Envelope => JsonElement.Parse(Body);
    }
}
