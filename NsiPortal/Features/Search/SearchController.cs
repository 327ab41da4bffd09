using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Search;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Search;

/// <summary>Looks for words in published chapters.</summary>
public sealed class SearchController(PortalDbContext db) : Controller
{
    internal const int PageSize = 20;

    [HttpGet("/recherche")]
    [SharedPage(CacheTier.Short, Tags.Search, Query = ["q", "page"], FreeText = true)]
    public async Task<IActionResult> Index([FromQuery(Name = "q")] string? typed, [FromQuery(Name = "page")] string? pageNumber, CancellationToken cancellationToken)
    {
        // What differs from it has the same copy of the page: nothing else of what was typed may be shown.
        var query = SearchQuery.Parse(typed);
        if (PageNumber.From(SearchQuery.Normalize(pageNumber)) is not { } page) return NotFound();
        if (query.Terms.Count == 0) return page > 1 ? NotFound() : View("Search", new SearchViewModel(query, [], 0, 1, 1));

        var hits = from hit in db.Matching(query)
                   join chapter in db.Chapters on hit.ChapterId equals chapter.Id
                   where chapter.Published && chapter.Course.Published
                   select new { hit.Rank, Chapter = chapter };
        var total = await hits.CountAsync(cancellationToken);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        if (page > pages) return NotFound();

        var rows = total == 0 ? [] : await (from hit in hits
                                            join text in db.SearchTexts on hit.Chapter.Id equals text.ChapterId
                                            orderby hit.Rank, hit.Chapter.Id
                                            select new { hit.Chapter.Slug, hit.Chapter.Title, Course = hit.Chapter.Course.Slug, CourseTitle = hit.Chapter.Course.Title, Text = text.Text.Substring(0, Excerpt.Needed) })
            .Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        var courses = rows.GroupBy(row => row.Course).Select(course => new CourseResults(course.Key, course.First().CourseTitle,
            [.. course.Select(row => new ChapterResult($"/cours/{row.Course}/{row.Slug}", Excerpt.Mark(row.Title, query), Excerpt.Of(row.Text, query)))])).ToList();
        return View("Search", new SearchViewModel(query, courses, total, page, pages));
    }
}

/// <param name="Courses">That of the best result first.</param>
/// <param name="Total">How many chapters there are, on all pages.</param>
public sealed record SearchViewModel(SearchQuery Query, IReadOnlyList<CourseResults> Courses, int Total, int Page, int PageCount)
{
    public string Address(int page) => $"/recherche?q={Uri.EscapeDataString(Query.Text)}{(page > 1 ? $"&page={page}" : "")}";
}

public sealed record CourseResults(string Slug, string Title, IReadOnlyList<ChapterResult> Chapters);

public sealed record ChapterResult(string Address, IReadOnlyList<ExcerptPiece> Title, IReadOnlyList<ExcerptPiece> Text);
