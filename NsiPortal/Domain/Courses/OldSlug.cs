namespace NsiPortal.Domain.Courses;

/// <summary>An address that a course or a chapter once had; it redirects to the present one.</summary>
public sealed class OldSlug
{
    OldSlug() { }

    public int Id { get; private set; }
    public string Slug { get; private set; } = "";

    /// <summary>The course itself when <see cref="ChapterId"/> is null, else the course in which the chapter stood.</summary>
    public int CourseId { get; private set; }
    public int? ChapterId { get; private set; }

    internal static OldSlug OfCourse(Course course, string slug) => new() { Slug = slug, CourseId = course.Id };

    internal static OldSlug OfChapter(Chapter chapter, string slug) => new() { Slug = slug, CourseId = chapter.CourseId, ChapterId = chapter.Id };
}
