using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Features.Curriculum;

/// <summary>The official programme, content by content: what it asks for, and where the portal covers it.</summary>
public sealed class CurriculumController(PortalDbContext db) : Controller
{
    // The tag of exercises is that of what chapters cover, too.
    [HttpGet("/programme")]
    [SharedPage(CacheTier.Long, Tags.Courses, Tags.Exercises, Tags.Programme, Query = ["niveau"])]
    public async Task<IActionResult> Index([FromQuery(Name = "niveau")] string? levelSlug, CancellationToken cancellationToken)
    {
        var year = Levels.FromSlug(levelSlug);
        if (levelSlug is not null && (year is not { } known || !Programme.Years.Contains(known))) return NotFound();
        var chapters = (await CoveringAsync(null, cancellationToken)).ToLookup(chapter => chapter.Code);
        return View(new MapViewModel(year, Programme.Years.Select(level => MapViewModel.Year.Of(level, chapters)).ToList()));
    }

    [HttpGet("/programme/{code}")]
    [SharedPage(CacheTier.Long, Tags.Courses, Tags.Exercises, Tags.Programme)]
    public async Task<IActionResult> Details(string code, CancellationToken cancellationToken) =>
        Programme.FromSlug(code) is { } content ? View(ContentViewModel.Of(content, await CoveringAsync(content.Code, cancellationToken))) : NotFound();

    /// <summary>The published chapters that cover a content, or any, in the order of the courses.</summary>
    Task<List<CoveringChapter>> CoveringAsync(string? code, CancellationToken cancellationToken) =>
        (from chapter in db.Chapters
         where chapter.Published && chapter.Course.Published
         from content in chapter.Contents
         where code == null || content.Code == code
         orderby chapter.Course.Level, chapter.Course.Position, chapter.CourseId, chapter.Position, chapter.Id
         select new CoveringChapter(content.Code, chapter.Course.Slug, chapter.Course.Title, chapter.Course.Level, chapter.Slug, chapter.Title, chapter.Exercises.Count(e => e.Number > 0)))
        .ToListAsync(cancellationToken);
}
