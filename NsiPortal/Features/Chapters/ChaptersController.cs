using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;

namespace NsiPortal.Features.Chapters;

public sealed class ChaptersController(PortalDbContext db) : Controller
{
    [HttpGet("/cours/{course}/{chapter}")]
    [SharedPage(CacheTier.Long, Tags.Chapter, Tags.Course, Tags.Programme)]
    public async Task<IActionResult> Details(CancellationToken cancellationToken)
    {
        var id = HttpContext.ChapterId();
        var chapter = await db.Chapters.Where(c => c.Id == id && c.Published && c.Course.Published)
            .Select(ChapterViewModel.Projection).AsSplitQuery().SingleOrDefaultAsync(cancellationToken);
        return chapter is null ? NotFound() : View(chapter);
    }
}
