using System.Globalization;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>What a run is about to do.</summary>
/// <param name="input">What its user gave.</param>
/// <param name="options">The client's options.</param>
/// <param name="profile">The profile that they are from; null if they are from none.</param>
/// <param name="history">What earlier runs of the same journal did; null without journal.</param>
internal sealed class DeletePlan(FileIdList input, Pan123ClientOptions options, string? profile, JournalHistory? history)
{
    private const int MaxShown = 10;

    /// <summary>
    /// The IDs to send, one segment after the other, each in batches. A batch that earlier runs left with an unknown outcome keeps its files, in a
    /// segment of its own: if they were deleted, the service may reject any batch that has one of their IDs.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<long>> Segments { get; } = [.. Divide(input.FileIds, history)];

    public IReadOnlyList<DeletedEarlier> DeletedEarlier { get; } = history?.Deleted ?? [];

    /// <summary>What the service says of the files; null if it was not asked.</summary>
    public FileLookup? Lookup { get; set; }

    public long FileCount => Segments.Sum(segment => (long)segment.Count);

    /// <summary>The result for a batch that this run does not send, which an earlier run may have sent.</summary>
    public DeleteBatchResult NotSent(IReadOnlyList<long> fileIds, Exception why) => fileIds.Any(fileId => history?.IsUnknown(fileId) == true)
        ? new DeleteBatchResult(fileIds, DeleteOutcome.Unknown, traceId: null, JournalHistory.StillUnknown(fileIds, why))
        : new DeleteBatchResult(fileIds, DeleteOutcome.NotSent, traceId: null, why);

    public void Show(IAnsiConsole console)
    {
        var list = Lookup is { HasResponses: true } ? Texts.Of($":") : Texts.Of($": {Summarize(Segments)}");
        console.MarkupLineLocalized($"[bold]{Plural.Files(FileCount)}[/] at {Connection.Describe(options.BaseAddress, profile)}{list}");
        Lookup?.Show(console);
        if (input.Duplicates > 0)
        {
            console.MarkupLineLocalized($"[dim]{Plural.Of(input.Duplicates, $"{input.Duplicates:N0} ID was given more than once; each ID is sent once.", $"{input.Duplicates:N0} IDs were given more than once; each ID is sent once.")}[/]");
        }

        ShowHistory(console);

        var requests = Segments.Sum(segment => (segment.Count + DeleteFilesRequest.FileIdsMaxItems - 1) / DeleteFilesRequest.FileIdsMaxItems);
        if (requests > 1 && options.RequestsPerSecond is { } limit)
        {
            var shortest = TimeSpan.FromSeconds((requests - 1) / limit);
            console.MarkupLineLocalized($"[dim]{Plural.Requests(requests)}, at most {limit} per second: this takes {Duration.Format(shortest)} or longer.[/]");
        }
    }

    /// <summary>Says what earlier runs left, if there were any.</summary>
    public void ShowHistory(IAnsiConsole console)
    {
        if (DeletedEarlier.Count > 0)
        {
            console.MarkupLineLocalized($"[dim]{Plural.Files(DeletedEarlier.Sum(batch => (long)batch.FileIds.Count))} deleted in earlier runs according to the journal; skipped.[/]");
        }

        if (history?.Unknown.Sum(batch => (long)batch.Count) is > 0 and { } count)
        {
            console.MarkupLineLocalized($"[dim]{Plural.Files(count)} sent in earlier runs with an unknown outcome; retried first.[/]");
        }
    }

    private static IEnumerable<IReadOnlyList<long>> Divide(IReadOnlyList<long> fileIds, JournalHistory? history)
    {
        if (history is null)
        {
            return [fileIds];
        }

        // The full ones go together, since they are cut where they were cut before.
        var full = history.Unknown.Where(batch => batch.Count >= DeleteFilesRequest.FileIdsMaxItems).SelectMany(batch => batch).ToList();
        var smaller = history.Unknown.Where(batch => batch.Count < DeleteFilesRequest.FileIdsMaxItems);
        var rest = fileIds.Where(fileId => !history.IsDeleted(fileId) && !history.IsUnknown(fileId)).ToList();
        return new IReadOnlyList<long>[] { full }.Concat(smaller).Append(rest).Where(segment => segment.Count > 0);
    }

    private static string Summarize(IReadOnlyList<IReadOnlyList<long>> segments)
    {
        var all = segments.SelectMany(segment => segment);
        if (segments.Sum(segment => (long)segment.Count) <= MaxShown)
        {
            return string.Join(", ", all);
        }

        var first = string.Join(", ", all.Take(MaxShown / 2));
        return string.Create(CultureInfo.InvariantCulture, $"{first}, …, {segments[^1][^1]}");
    }
}
