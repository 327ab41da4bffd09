using NsiPortal.Domain.Courses;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Courses;

/// <param name="Level">The level the list is filtered by; null for all.</param>
/// <param name="Page">From 1.</param>
/// <param name="Counts">Published courses of each level that has any.</param>
public sealed record CourseListViewModel(IReadOnlyList<CourseCard> Courses, Level? Level, int Page, int PageCount, IReadOnlyDictionary<Level, int> Counts)
{
    /// <summary>Courses of all levels.</summary>
    public int Total => Counts.Values.Sum();

    /// <summary>The levels worth a filter: those with courses, and the one that is shown.</summary>
    public IEnumerable<Level> Filters => Levels.All.Where(level => Counts.ContainsKey(level) || level == Level);

    /// <summary>The one address of a page of the list.</summary>
    public static string Address(Level? level, int page = 1)
    {
        var query = string.Join('&', new[] { level is null ? null : $"niveau={level.Value.Slug()}", page > 1 ? $"page={page}" : null }.OfType<string>());
        return query.Length == 0 ? "/cours" : $"/cours?{query}";
    }
}
