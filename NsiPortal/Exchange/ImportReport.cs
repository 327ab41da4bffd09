namespace NsiPortal.Exchange;

/// <summary>What an import did with the course, its chapters and its files.</summary>
/// <param name="FormerSlug">The address that the course has left.</param>
public sealed record ImportReport(
    string CourseSlug, ImportOutcome Course, IReadOnlyList<ImportedItem> Chapters, IReadOnlyList<ImportedItem> Files, string? FormerSlug = null)
{
    /// <summary>The ids of exercises of which there is a new version: answers to the former one are to be graded again.</summary>
    public IReadOnlyList<int> Revised { get; init; } = [];
}

/// <param name="Name">The slug of a chapter, or the name of a file.</param>
/// <param name="FormerSlug">The address that a chapter has left.</param>
public sealed record ImportedItem(string Name, ImportOutcome Outcome, string? FormerSlug = null);

public enum ImportOutcome
{
    Unchanged,
    Created,
    Changed,

    /// <summary>Not read in the folder, and kept as it was.</summary>
    Kept,
    Deleted,
}
