using NsiPortal.Domain.People;

namespace NsiPortal.Domain.Courses;

/// <summary>What a chapter has said from some moment on. It never changes.</summary>
public sealed class ChapterRevision
{
    ChapterRevision() { }

    internal ChapterRevision(Chapter chapter, int number, int? authorId, string note, DateTimeOffset now)
    {
        Chapter = chapter;
        Number = number;
        AuthorId = authorId;
        Note = Guard.OptionalText(note, MaxNoteLength);
        At = now;
        (Title, Summary, Markdown) = (chapter.Title, chapter.Summary, chapter.Markdown);
    }

    public const int MaxNoteLength = 200;

    public int Id { get; private set; }
    public int ChapterId { get; private set; }
    public Chapter Chapter { get; private set; } = null!;

    /// <summary>From 1, without gaps in its chapter.</summary>
    public int Number { get; private set; }

    /// <summary>Null for a command, and for somebody who has no account any more.</summary>
    public int? AuthorId { get; private set; }
    public User? Author { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>What changed, in its author's words; may be empty.</summary>
    public string Note { get; private set; } = "";

    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string Markdown { get; private set; } = "";
}
