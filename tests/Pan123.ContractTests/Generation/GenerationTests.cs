namespace Pan123.ContractTests;

/// <summary>What the build does when, tried out in a copy of the sources.</summary>
[NonParallelizable]
public sealed class GenerationTests
{
    private const string Specification = "spec/pan123.openapi.yaml";
    private const string Templates = "src/Pan123.Generated/Generation/Templates";

    private RepositoryCopy _copy = null!;

    [OneTimeSetUp]
    public async Task BuildOnceAsync()
    {
        _copy = new RepositoryCopy();
        Expect(await _copy.BuildAsync(), generations: 2);
    }

    [OneTimeTearDown]
    public void DeleteCopy() => _copy.Dispose();

    [Test]
    public void Nothing_of_the_folders_name_is_executed() => Assert.That(_copy.FindExecuted(), Is.Empty);

    [Test]
    public async Task A_build_with_nothing_changed_generates_nothing()
    {
        Expect(await _copy.BuildAsync(), generations: null);

        Expect(await _copy.BuildAsync(), generations: 0);
    }

    [Test]
    public void Each_target_framework_has_a_file_of_its_own_and_it_is_the_same() => Assert.Multiple(() =>
    {
        var clients = _copy.GeneratedFiles().Where(file => file.EndsWith(".g.cs", StringComparison.Ordinal)).ToArray();
        Assert.That(clients, Has.Length.EqualTo(2));
        Assert.That(File.ReadAllBytes(clients[0]), Is.EqualTo(File.ReadAllBytes(clients[1])));
    });

    [TestCase(Specification)]
    [TestCase("nswag.json")]
    [TestCase($"{Templates}/Client.Class.liquid")]
    [TestCase("src/Pan123.Generated/Generation/Generation.targets")]
    [TestCase("src/Pan123.Generated/Pan123.Generated.csproj")]
    public async Task A_change_of_an_input_generates(string file)
    {
        File.SetLastWriteTimeUtc(_copy.PathOf(file), DateTime.UtcNow);

        Expect(await _copy.GenerateAsync(), generations: 1);
        Expect(await _copy.GenerateAsync(), generations: 0);
    }

    [Test]
    public async Task A_template_that_is_added_or_removed_generates()
    {
        Expect(await _copy.GenerateAsync(), generations: null);
        var template = _copy.PathOf($"{Templates}/Client.Class.Annotations.liquid");
        await File.WriteAllTextAsync(template, "");
        File.SetLastWriteTimeUtc(template, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Expect(await _copy.GenerateAsync(), generations: 1);

        File.Delete(template);
        Expect(await _copy.GenerateAsync(), generations: 1);
    }

    [Test]
    public async Task Another_version_of_NSwag_generates()
    {
        var tool = (await File.ReadAllLinesAsync(_copy.GeneratedFiles().First(file => file.EndsWith(".inputs", StringComparison.Ordinal))))[0];
        Expect(await _copy.GenerateAsync(), generations: null);

        // The same files by another path: what the version of a package changes.
        Expect(await _copy.GenerateAsync($"-p:NSwagTool={tool.Replace("/tools/", "/tools/../tools/", StringComparison.Ordinal)}"), generations: 1);
        Expect(await _copy.GenerateAsync(), generations: 1);
    }

    [Test]
    public async Task A_change_of_the_specification_reaches_the_client()
    {
        await using var change = new Change(_copy.PathOf(Specification), "maxItems: 100", "maxItems: 50");

        Expect(await _copy.GenerateAsync(), generations: 1);

        Assert.That(ReadClient(), Does.Contain("public static int FileIdsMaxItems => 50;"));
    }

    [TestCase("paths:", "paths: [", "no YAML")]
    [TestCase("'#/components/schemas/DeleteFilesRequest'", "'#/components/schemas/DeleteFiles'", "a reference to nowhere")]
    public async Task A_broken_specification_fails_the_build_names_the_file_and_leaves_no_half_written_output(string good, string broken, string what)
    {
        BuildResult result, again;
        await using (new Change(_copy.PathOf(Specification), good, broken))
        {
            result = await _copy.GenerateAsync();
            again = await _copy.GenerateAsync();
        }

        Assert.Multiple(() =>
        {
            Assert.That(result.Output, Does.Contain($"{_copy.PathOf(Specification)} : error PAN0001: NSwag could not generate the client"), what);
            Assert.That(result.Succeeded || again.Succeeded, Is.False, "Nor does the next build pass on the old client.");
            Assert.That(_copy.GeneratedFiles(), Has.None.EndsWith(".new"));
        });
        Expect(await _copy.GenerateAsync(), generations: 1);
    }

    [TestCase("    post:", "    pots:", "does not know the verb 'pots' of deleteFiles")]
    public async Task What_the_templates_do_not_know_fails_the_build_and_is_named(string known, string unknown, string message)
    {
        BuildResult result;
        await using (new Change(_copy.PathOf(Specification), known, unknown))
        {
            result = await _copy.BuildAsync("--no-restore", "--framework", "net10.0");
        }

        Assert.Multiple(() =>
        {
            Assert.That(result.Succeeded, Is.False);
            Assert.That(result.Output, Does.Contain(message));
        });
    }

    [Test]
    public async Task Clean_removes_what_was_generated()
    {
        Expect(await _copy.BuildAsync(), generations: null);

        Expect(await _copy.BuildAsync("-t:Clean"), generations: 0);
        Assert.That(_copy.GeneratedFiles(), Is.Empty);

        Expect(await _copy.BuildAsync(), generations: 2);
    }

    [Test]
    public async Task Parallel_builds_of_a_clean_tree_do_not_race()
    {
        // One try here; CI asks for more.
        var tries = int.Parse(Environment.GetEnvironmentVariable("PAN123_PARALLEL_BUILDS") ?? "1", System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < tries; i++)
        {
            Directory.Delete(_copy.PathOf("src/Pan123.Generated/obj"), recursive: true);
            Directory.Delete(_copy.PathOf("src/Pan123.Generated/bin"), recursive: true);

            Expect(await _copy.BuildAsync("-m:4"), generations: 2);
        }
    }

    // Null: however many, so that the next build starts from a known state.
    private static void Expect(BuildResult result, int? generations) =>
        Assert.That((result.Succeeded, result.Generations), Is.EqualTo((true, generations ?? result.Generations)), result.Output);

    private string ReadClient() => File.ReadAllText(_copy.GeneratedFiles().First(file => file.Contains("net10.0", StringComparison.Ordinal)));

    /// <summary>A change of a file that is undone at the end.</summary>
    private sealed class Change : IAsyncDisposable
    {
        private readonly string _path;
        private readonly string _original;

        public Change(string path, string old, string replacement)
        {
            _path = path;
            _original = File.ReadAllText(path);
            Assert.That(_original, Does.Contain(old));
            File.WriteAllText(path, _original.Replace(old, replacement, StringComparison.Ordinal));
        }

        public async ValueTask DisposeAsync() => await File.WriteAllTextAsync(_path, _original);
    }
}
