using System.Text.RegularExpressions;
using Pan123.Emulator;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

/// <summary>The pictures on the pages: what the command line shows on a terminal of 80 columns.</summary>
public sealed partial class PictureTests : CommandLineFixture
{
    private const string Drive =
        """
        [
          {"name": "旅行照片 2024.zip", "id": 14705301, "size": 518522470, "trashed": true, "createdAt": "2025-02-24T17:57:01+08:00"},
          {"name": "holiday.mp4", "id": 14705302, "size": 1503238553, "trashed": true, "createdAt": "2025-03-01T09:12:30+08:00"},
          {"name": "Old backups", "id": 14705305, "trashed": true, "createdAt": "2024-11-05T10:00:00+08:00", "children": [
            {"name": "2023-12.tar.gz", "id": 14705310, "size": 734003200, "createdAt": "2024-01-02T03:04:05+08:00"}
          ]},
          {"name": "报告 2025-03.docx", "id": 14705306, "size": 48230, "createdAt": "2025-03-08T16:40:11+08:00"},
          {"name": "Music", "id": 14705307, "createdAt": "2025-01-15T20:00:00+08:00", "children": []}
        ]
        """;

    [GeneratedRegex(@"[0-9a-f-]{36}_emulator-\d+")]
    private static partial Regex TraceId { get; }

    private static readonly (string Name, string Arguments)[] Runs =
    [
        ("delete", "delete 14705301 14705302 14705305"),
        ("question", "delete 14705301 14705302 14705305 14705306 14705309"),
        ("isolate", "delete --isolate 14705301 14705302 14705306"),
        ("confirm", "delete --confirm 14705301 14705302"),
        ("list", "list"),
        ("empty", "empty"),
    ];

    private static IEnumerable<TestCaseData> Pictures =>
        from run in Runs
        from language in new[] { "en", "zh-CN" }
        select new TestCaseData(run.Name, run.Arguments, language);

    [TestCaseSource(nameof(Pictures))]
    public async Task The_picture_is_as_approved(string name, string arguments, string language)
    {
        TextLanguage = language;
        Emulator.Drive.AddTree(Drive);
        if (name == "confirm")
        {
            // The files are deleted, and the response is lost.
            Emulator.Faults.Enqueue(Fault.ConnectionReset().AfterProcessing(), path: Pan123Emulator.DeleteFilesPath);
        }

        // The address is shown, and that of the emulator is another each time.
        Environment.Remove("PAN123_BASE_ADDRESS");
        Transport = () => new TransportTo(Emulator.BaseAddress);
        CanAsk = true;
        Messages.Input.PushTextWithEnter(name == "question" ? "n" : "y");
        using var recorder = new Recorder(Messages.Width(80).Colors(ColorSystem.Standard));
        Screen = recorder;

        await RunAsync(arguments);

        var picture = new TerminalPicture($"pan123 {arguments}", text => TraceId.Replace(text, "5c1d2b7e-0f3a-4d55-9a0e-3f2b6c1d8e90"));
        ApprovedFile.Check(language == "en" ? $"{name}.svg" : $"{name}.{language}.svg", recorder.Export(picture), folder: "Pictures");
    }

    private sealed class TransportTo(Uri address) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var copy = new HttpRequestMessage(request.Method, new Uri(address, request.RequestUri!.PathAndQuery)) { Content = request.Content };
            foreach (var (name, values) in request.Headers)
            {
                copy.Headers.Add(name, values);
            }

            var response = await _http.SendAsync(copy, cancellationToken);
            copy.Content = null;
            response.RequestMessage = request;
            return response;
        }

        protected override void Dispose(bool disposing)
        {
            _http.Dispose();
            base.Dispose(disposing);
        }
    }
}
