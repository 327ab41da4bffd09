using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Features.Shared;

namespace NsiPortal.Features.Home;

public sealed class HomeController(PortalDbContext db) : Controller
{
    const int Shown = 6;

    [HttpGet("/")]
    [SharedPage(CacheTier.Long, Tags.Courses)]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var published = db.Courses.Where(c => c.Published);
        var courses = await published.OrderBy(c => c.Level).ThenBy(c => c.Position).ThenBy(c => c.Id).Take(Shown)
            .Select(CourseCard.Projection).ToListAsync(cancellationToken);
        return View(new HomeViewModel(courses, await published.CountAsync(cancellationToken)));
    }
}

/// <param name="Courses">The first courses.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record HomeViewModel(IReadOnlyList<CourseCard> Courses, int Total);
