using NsiPortal.Domain.Courses;

namespace NsiPortal.Features.Teach.Chapters;

/// <summary>A chapter as its authors see it, with what they are writing.</summary>
/// <param name="Released">What readers see, or would see if the chapter were published; null when nothing has been released.</param>
/// <param name="Draft">What they do not see yet.</param>
/// <param name="Html">What the form's text makes.</param>
public sealed record EditorViewModel(
    ChapterPlace Place, string Slug, bool Published, DateTimeOffset? PublishAt, ReleaseLine? Released, DraftLine? Draft, EditorForm Form, string Html, IReadOnlyList<CourseChoice> Courses)
{
    /// <summary>Somebody else has saved meanwhile.</summary>
    public ConflictViewModel? Conflict { get; init; }

    /// <summary>What pupils have answered to its exercises.</summary>
    public int Answers { get; init; }

    /// <summary>The page asks for the preview in particular.</summary>
    public bool Previewing { get; init; }

    /// <summary>The address that was typed and cannot be.</summary>
    public string? EnteredSlug { get; init; }

    public string Address => Place.Address;

    /// <summary>Something was released over which the draft was not written.</summary>
    public bool Outdated => Draft is { } draft && draft.BaseRevision < (Released?.Number ?? 0);
}

/// <summary>Where a chapter stands.</summary>
public sealed record ChapterPlace(int CourseId, string CourseTitle, string CourseSlug, bool CoursePublished, DateTimeOffset? CoursePublishAt, int Id, string Title)
{
    public string Address => $"/prof/cours/{CourseId}/chapitres/{Id}";

    public static ChapterPlace Of(Chapter chapter) => new(
        chapter.CourseId, chapter.Course.Title, chapter.Course.Slug, chapter.Course.Published, chapter.Course.PublishAt, chapter.Id,
        chapter.Draft is { Title.Length: > 0 } draft ? draft.Title : chapter.Title);
}

/// <param name="Author">Null for a command, and for somebody who has no account any more.</param>
public sealed record ReleaseLine(int Number, DateTimeOffset At, string? Author, string Note);

public sealed record DraftLine(DateTimeOffset SavedAt, string? Author, int BaseRevision);

/// <summary>Where a chapter may move.</summary>
public sealed record CourseChoice(int Id, string Title);

/// <summary>What somebody else saved while this was typed, and how to go on.</summary>
/// <param name="Author">Null when nobody knows.</param>
/// <param name="Mine">It was the reader, in another window.</param>
/// <param name="Released">Readers see theirs already.</param>
/// <param name="Lines">From theirs to what was typed.</param>
/// <param name="Stamp">What the form begins from once its author goes on knowingly.</param>
/// <param name="Revision">The same.</param>
public sealed record ConflictViewModel(string Address, string? Author, bool Mine, DateTimeOffset At, bool Released, IReadOnlyList<DiffLine> Lines, Guid? Stamp, int Revision);
