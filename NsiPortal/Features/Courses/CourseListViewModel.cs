using NsiPortal.Domain.Courses;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Courses;

/// <param name="Level">The level the list is filtered by; null for all.</param>
/// <param name="Page">From 1.</param>
/// <param name="Total">Courses on all pages.</param>
public sealed record CourseListViewModel(IReadOnlyList<CourseCard> Courses, Level? Level, int Page, int PageCount, int Total);
