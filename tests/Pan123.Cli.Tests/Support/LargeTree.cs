using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <summary>A drive with thousands of folders, nested, of which a tenth of the files is in the recycle bin.</summary>
internal sealed class LargeTree
{
    private const int Files = 50_000;
    private const int Folders = 3_000;
    private const int FilesOfTheLargest = 1_000;
    private const int Children = 7;
    private const int PageSize = 100;

    private readonly List<long> _active = [];
    private readonly List<long> _trashed = [];
    private readonly Dictionary<long, int> _entries = [];

    public LargeTree(EmulatedDrive drive)
    {
        var folders = new List<long> { EmulatedDrive.RootFolderId };
        for (var number = 1; number <= Folders; number++)
        {
            var parent = folders[(number - 1) / Children];
            folders.Add(drive.AddFolder($"folder {number}", parent));
            Count(parent);
        }

        for (var number = 0; number < Files; number++)
        {
            // One of many pages; the others have more or less than the size of none.
            var folder = folders[number < FilesOfTheLargest ? 17 : number % folders.Count];
            var file = drive.AddFile($"file {number}.bin", number, folder);
            (number % 10 == 3 ? _trashed : _active).Add(file);
            Count(folder);
        }

        drive.AddToRecycleBin(_trashed);
        Active = _active;
        Trashed = _trashed;
        MinRequests = folders.Sum(folder => Math.Max(1, (_entries.GetValueOrDefault(folder) + PageSize - 1) / PageSize));

        void Count(long folder) => _entries[folder] = _entries.GetValueOrDefault(folder) + 1;
    }

    public IReadOnlyList<long> Active { get; }

    public IReadOnlyList<long> Trashed { get; }

    /// <summary>A request for each page of each folder.</summary>
    public int MinRequests { get; }
}
