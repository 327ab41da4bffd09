using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Hosting;

namespace NsiPortal.Features.Courses;

/// <summary>The figures and files of a course, beside its chapters: <c>fichiers/nom.svg</c> is relative to any of them.</summary>
public sealed class CourseFilesController(PortalDbContext db) : Controller
{
    [HttpGet("/cours/{course}/fichiers/{name}")]
    [SharedPage(CacheTier.Long, Tags.Course)]
    [Sandboxed]
    public async Task<IActionResult> Details(string name, CancellationToken cancellationToken)
    {
        var id = HttpContext.CourseId();
        var file = await db.CourseFiles.Where(f => f.CourseId == id && f.Name == name && db.Courses.Any(c => c.Id == id && c.Published))
            .Select(f => new { f.Content, f.MediaType }).SingleOrDefaultAsync(cancellationToken);
        return file is null ? NotFound() : File(file.Content, file.MediaType);
    }
}
