using System.Linq.Expressions;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Features.Shared;

/// <summary>A course as lists show it.</summary>
public sealed record CourseCard(string Slug, string Title, string Summary, Level Level, int ChapterCount, int ReadingMinutes)
{
    public static Expression<Func<Course, CourseCard>> Projection { get; } = course => new CourseCard(
        course.Slug, course.Title, course.Summary, course.Level,
        course.Chapters.Count(c => c.Published),
        course.Chapters.Where(c => c.Published).Sum(c => c.ReadingMinutes));
}
