namespace Pan123.ContractTests;

/// <summary>A folder that is gone at the end.</summary>
internal sealed class TemporaryFolder(string? parent = null) : IDisposable
{
    private readonly string _path = parent is null
        ? Directory.CreateTempSubdirectory("pan123-").FullName
        : Directory.CreateDirectory(Path.Combine(parent, Path.GetRandomFileName())).FullName;

    public string PathOf(string relativePath) => Path.Combine(_path, relativePath);

    public async Task<string> WriteAsync(string relativePath, string text)
    {
        var file = PathOf(relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
