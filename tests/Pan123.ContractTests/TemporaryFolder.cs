namespace Pan123.ContractTests;

/// <summary>A folder that is gone at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("pan123-").FullName;

    public async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(_path, name);
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
