using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Features.Teach.Courses;

/// <summary>A course as its authors see it. What was typed into one of its forms and cannot be done stays in it.</summary>
public sealed record CourseViewModel(
    int Id, string Slug, string Title, bool Published, DateTimeOffset? PublishAt, DateTimeOffset? ArchivedAt,
    IReadOnlyList<CourseViewModel.Chapter> Chapters, IReadOnlyList<CourseViewModel.Person> Authors)
{
    public CourseForm Form { get; init; } = new();

    public string? EnteredChapter { get; init; }

    public string? EnteredNickname { get; init; }

    public string? EnteredTime { get; init; }

    public BinnedRow? JustDeleted { get; init; }

    /// <summary>What pupils have answered in it.</summary>
    public int Answers { get; init; }

    /// <param name="DraftAt">When what readers do not see yet was saved.</param>
    /// <param name="ReleasedAt">Since when its text is what it is.</param>
    public sealed record Chapter(int Id, string Title, bool Published, DateTimeOffset? PublishAt, int Revision, DateTimeOffset? ReleasedAt, DateTimeOffset? DraftAt);

    public sealed record Person(int Id, string Nickname);

    /// <returns>Null when it is not among them.</returns>
    public static async Task<CourseViewModel?> LoadAsync(PortalDbContext db, IQueryable<Course> courses, int id, CancellationToken cancellationToken)
    {
        var found = await courses.AsNoTracking().Where(c => c.Id == id).Select(c => new
        {
            Course = c,
            Chapters = c.Chapters.Where(chapter => chapter.DeletedAt == null).OrderBy(chapter => chapter.Position).ThenBy(chapter => chapter.Id).Select(chapter => new Chapter(
                chapter.Id, chapter.Draft != null && chapter.Draft.Title != "" ? chapter.Draft.Title : chapter.Title, chapter.Published, chapter.PublishAt, chapter.Revision,
                chapter.Revisions.Max(r => (DateTimeOffset?)r.At), chapter.Draft != null ? chapter.Draft.SavedAt : null)).ToList(),
            Answers = db.Attempts.Count(a => a.Exercise.Chapter.CourseId == c.Id),
            Authors = c.Authors.OrderBy(author => author.User.Nickname).Select(author => new Person(author.UserId, author.User.Nickname)).ToList(),
        }).AsSplitQuery().SingleOrDefaultAsync(cancellationToken);
        return found is null ? null
            : new CourseViewModel(found.Course.Id, found.Course.Slug, found.Course.Title, found.Course.Published, found.Course.PublishAt, found.Course.ArchivedAt, found.Chapters, found.Authors)
            {
                Form = CourseForm.Of(found.Course),
                Answers = found.Answers,
            };
    }
}
