using System.Linq.Expressions;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Features.Chapters;

/// <param name="Siblings">The published chapters of the course in order, this one included.</param>
public sealed record ChapterViewModel(
    string CourseSlug, string CourseTitle, Level Level, string? Author, string? Licence,
    string Slug, string Title, string Summary, string Html, IReadOnlyList<TocEntry> TableOfContents, int ReadingMinutes,
    IReadOnlyList<ChapterViewModel.Content> Contents, IReadOnlyList<ChapterViewModel.Link> Siblings, IReadOnlyList<ChapterViewModel.ExerciseLink> Exercises)
{
    public sealed record Link(string Slug, string Title);

    public sealed record ExerciseLink(int Number, string Title, ExerciseKind Kind);

    public sealed record Content(string Code, string Theme, string Title);

    /// <summary>From 1.</summary>
    public int Number => Place + 1;

    public Link? Previous => Place > 0 ? Siblings[Place - 1] : null;

    public Link? Next => Place + 1 < Siblings.Count ? Siblings[Place + 1] : null;

    int Place => Siblings.ToList().FindIndex(s => s.Slug == Slug);

    public static Expression<Func<Chapter, ChapterViewModel>> Projection { get; } = chapter => new ChapterViewModel(
        chapter.Course.Slug, chapter.Course.Title, chapter.Course.Level, chapter.Course.Author, chapter.Course.Licence,
        chapter.Slug, chapter.Title, chapter.Summary, chapter.Html, chapter.TableOfContents, chapter.ReadingMinutes,
        chapter.Contents.OrderBy(c => c.Code).Select(c => new Content(c.Code, c.Theme, c.Title)).ToList(),
        chapter.Course.Chapters.Where(c => c.Published).OrderBy(c => c.Position).ThenBy(c => c.Id).Select(c => new Link(c.Slug, c.Title)).ToList(),
        chapter.Exercises.Where(e => e.Number > 0).OrderBy(e => e.Number).Select(e => new ExerciseLink(e.Number, e.Title, e.Kind)).ToList());
}
