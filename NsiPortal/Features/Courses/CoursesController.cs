using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Courses;

public sealed class CoursesController(PortalDbContext db) : Controller
{
    const int PageSize = 12;
    const int LeadsShown = 8;

    [HttpGet("/cours")]
    [SharedPage(CacheTier.Long, Tags.Courses, Query = ["niveau", "page"])]
    public async Task<IActionResult> Index([FromQuery(Name = "niveau")] string? levelSlug, [FromQuery(Name = "page")] string? pageNumber, CancellationToken cancellationToken)
    {
        var level = Levels.FromSlug(levelSlug);
        if (levelSlug is not null && level is null) return NotFound();
        if (PageNumber.From(pageNumber) is not { } page) return NotFound();

        var counts = await db.Courses.Where(c => c.Published).GroupBy(c => c.Level)
            .Select(g => new { Level = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Level, g => g.Count, cancellationToken);
        var total = level is null ? counts.Values.Sum() : counts.GetValueOrDefault(level.Value);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        if (page > pages) return NotFound();

        var courses = await db.Courses.Where(c => c.Published && (level == null || c.Level == level)).OrderBy(c => c.Level).ThenBy(c => c.Position).ThenBy(c => c.Id)
            .Skip((page - 1) * PageSize).Take(PageSize).Select(CourseCard.Projection).ToListAsync(cancellationToken);
        return View(new CourseListViewModel(courses, level, page, pages, counts));
    }

    [HttpGet("/cours/{course}")]
    [SharedPage(CacheTier.Long, Tags.Course, Tags.Courses, Tags.Universities, Tags.Faculties, Tags.Programmes, Tags.Subjects)]
    public async Task<IActionResult> Details(CancellationToken cancellationToken)
    {
        var id = HttpContext.CourseId();
        var course = await db.Courses.Where(c => c.Id == id && c.Published).Select(CourseViewModel.Projection).SingleOrDefaultAsync(cancellationToken);
        if (course is null) return NotFound();
        // Many programmes teach a subject of the same name.
        var leads = (await db.SubjectCourses.Where(l => l.CourseId == id).GroupBy(l => new { l.Subject.Name, l.Subject.Programme.Level }).Select(g => new { g.Key.Name, g.Key.Level, Count = g.Count() }).ToListAsync(cancellationToken))
            .OrderBy(g => g.Level).ThenByDescending(g => g.Count).ThenBy(g => g.Name, StringComparer.Ordinal).Select(g => new CourseViewModel.Lead(g.Name, g.Level, g.Count)).ToList();
        return View(course with { LeadCount = leads.Sum(lead => lead.ProgrammeCount), Leads = leads.GetRange(0, Math.Min(LeadsShown, leads.Count)) });
    }
}
