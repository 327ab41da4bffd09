using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Features.Shared;
using NsiPortal.Rendering;

namespace NsiPortal.Features.Teach.Courses;

/// <summary>The chapters of a course and their order.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
public sealed class CourseChaptersController(PortalDbContext db, Authoring authoring, MarkdownRenderer renderer, IStringLocalizer<Texts> texts) : Controller
{
    [HttpPost("/prof/cours/{courseId:int}/chapitres")]
    [LivePage]
    public async Task<IActionResult> Create(int courseId, string? chapitre, CancellationToken cancellationToken)
    {
        CourseForm.CheckText(ModelState, texts, nameof(chapitre), chapitre, Course.MaxTitleLength, required: true);
        if (!ModelState.IsValid)
        {
            if (await CourseViewModel.LoadAsync(db, authoring.CoursesOf(User), courseId, cancellationToken) is not { } shown) return NotFound();
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Course", shown with { EnteredChapter = chapitre });
        }

        Chapter? added = null;
        await db.InTransactionAsync(async () =>
        {
            // Two of the same title at once have two addresses.
            var courses = authoring.CoursesOf(User).Where(c => c.Id == courseId);
            if (await courses.LockAsync(cancellationToken) == 0) return;
            var course = await courses.Include(c => c.Chapters).SingleAsync(cancellationToken);
            added = course.AddChapter(course.FreeSlug(Slug.From(chapitre!)), chapitre!);
            added.Write("", renderer.Render(""));
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return added is null ? NotFound() : Redirect($"/prof/cours/{courseId}/chapitres/{added.Id}");
    }

    /// <summary>Moves one chapter by one place, or all to where somebody has dragged them.</summary>
    [HttpPost("/prof/cours/{courseId:int}/ordre")]
    [LivePage]
    public async Task<IActionResult> Reorder(int courseId, int? monter, int? descendre, int[]? ordre, CancellationToken cancellationToken)
    {
        var found = false;
        await db.InTransactionAsync(async () =>
        {
            found = await authoring.CoursesOf(User).Where(c => c.Id == courseId).LockAsync(cancellationToken) > 0;
            if (!found) return;
            var chapters = await authoring.ChaptersOf(User).Where(c => c.CourseId == courseId).OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync(cancellationToken);
            // One that somebody else has added meanwhile stays behind those that were dragged.
            if (ordre is { Length: > 0 }) chapters = [.. chapters.OrderBy(c => Array.IndexOf(ordre, c.Id) is >= 0 and var place ? place : int.MaxValue)];
            Move(chapters, monter, by: -1);
            Move(chapters, descendre, by: +1);
            foreach (var (index, chapter) in chapters.Index()) chapter.Place(index + 1);
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return found ? Redirect($"/prof/cours/{courseId}#c-chapters") : NotFound();
    }

    static void Move(List<Chapter> chapters, int? id, int by)
    {
        var from = chapters.FindIndex(c => c.Id == id);
        var to = from + by;
        if (from < 0 || to < 0 || to >= chapters.Count) return;
        (chapters[from], chapters[to]) = (chapters[to], chapters[from]);
    }
}
