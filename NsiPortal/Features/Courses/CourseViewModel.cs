using System.Linq.Expressions;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Studies;

namespace NsiPortal.Features.Courses;

public sealed record CourseViewModel(
    string Slug, string Title, string Summary, Level Level, string? Author, string? Licence, IReadOnlyList<CourseViewModel.Chapter> Chapters)
{
    /// <summary>Whether its chapters explain any abbreviation.</summary>
    public bool HasGlossary { get; init; }

    /// <summary>The first subjects of the catalogue of studies that the course leads to.</summary>
    public IReadOnlyList<Lead> Leads { get; init; } = [];

    /// <summary>How many there are in all, one for each programme.</summary>
    public int LeadCount { get; init; }

    /// <param name="ProgrammeCount">How many programmes teach it.</param>
    public sealed record Lead(string Subject, StudyLevel Level, int ProgrammeCount);

    public sealed record Chapter(string Slug, string Title, string Summary, int ReadingMinutes);

    public static Expression<Func<Course, CourseViewModel>> Projection { get; } = course => new CourseViewModel(
        course.Slug, course.Title, course.Summary, course.Level, course.Author, course.Licence,
        course.Chapters.Where(c => c.Published).OrderBy(c => c.Position).ThenBy(c => c.Id)
            .Select(c => new Chapter(c.Slug, c.Title, c.Summary, c.ReadingMinutes)).ToList())
    {
        HasGlossary = course.Chapters.Any(c => c.Published && c.Html.Contains(Abbreviation.Mark)),
    };
}
