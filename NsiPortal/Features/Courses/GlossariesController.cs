using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Features.Courses;

/// <summary>What the letters that a course uses mean, as its chapters say.</summary>
public sealed class GlossariesController(PortalDbContext db) : Controller
{
    // A chapter that explains other letters than before evicts the pages of its course.
    [HttpGet("/cours/{course}/glossaire")]
    [SharedPage(CacheTier.Long, Tags.Course)]
    public async Task<IActionResult> Details(CancellationToken cancellationToken)
    {
        var id = HttpContext.CourseId();
        var course = await db.Courses.Where(c => c.Id == id && c.Published).Select(CourseViewModel.Projection).SingleOrDefaultAsync(cancellationToken);
        if (course is null) return NotFound();
        var texts = await db.Chapters.Where(c => c.CourseId == id && c.Published && c.Html.Contains(Abbreviation.Mark))
            .ToDictionaryAsync(c => c.Slug, c => c.Html, cancellationToken);
        return View("Glossary", GlossaryViewModel.Of(course, texts));
    }
}
