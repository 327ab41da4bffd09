using NsiPortal.Domain.People;

namespace NsiPortal.Domain.Courses;

/// <summary>
/// What the authors of a chapter are writing and readers do not see yet: one for all of them. Who saves says what they began from, so that nobody
/// overwrites what they have not seen.
/// </summary>
public sealed class ChapterDraft
{
    ChapterDraft() { }

    internal ChapterDraft(Chapter chapter)
    {
        Chapter = chapter;
        (Title, Summary, Markdown, BaseRevision) = (chapter.Title, chapter.Summary, chapter.Markdown, chapter.Revision);
    }

    /// <summary>As long as what an import takes: its bytes are never fewer than its characters.</summary>
    public const int MaxMarkdownLength = 1024 * 1024;

    public int ChapterId { get; private set; }
    public Chapter Chapter { get; private set; } = null!;
    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string Markdown { get; private set; } = "";

    /// <summary>The revision of the chapter that it was written over.</summary>
    public int BaseRevision { get; private set; }

    /// <summary>Another with each save.</summary>
    public Guid Stamp { get; private set; }

    /// <summary>The open page that saved last: it knows what it has saved, even when the answer was lost on the way.</summary>
    public Guid Page { get; private set; }

    /// <summary>Who saved last; null for somebody who has no account any more.</summary>
    public int? AuthorId { get; private set; }
    public User? Author { get; private set; }

    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>Whether somebody whose page began from that stamp, or saved last, may write on.</summary>
    public bool Continues(Guid? stamp, Guid page) => Stamp == stamp || Page == page;

    /// <summary>A draft may lack what a release may not, such as a title.</summary>
    public void Save(string title, string summary, string markdown, int baseRevision, int authorId, Guid page, DateTimeOffset now)
    {
        if (markdown.Length > MaxMarkdownLength) throw new ArgumentException("The text is too long.", nameof(markdown));
        Title = Guard.OptionalText(title, Course.MaxTitleLength);
        Summary = Guard.OptionalText(summary, Course.MaxSummaryLength);
        Markdown = markdown.ReplaceLineEndings("\n");
        BaseRevision = baseRevision;
        AuthorId = authorId;
        Page = page;
        SavedAt = now;
        Stamp = Guid.NewGuid();
    }
}
