using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;
using NsiPortal.Exchange;

namespace NsiPortal.Features.Exercises.Sheets;

/// <summary>The exercises of a chapter, in their order, for its authors.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
[EnableRateLimiting(AccountsSetup.Writing)]
public sealed class SheetsController(PortalDbContext db, Authoring authoring) : Controller
{
    internal const string List = "/prof/cours/{courseId:int}/chapitres/{chapterId:int}/exercices";

    [HttpGet(List)]
    [LivePage]
    public async Task<IActionResult> Index(int courseId, int chapterId, CancellationToken cancellationToken)
    {
        if (await ChapterAsync(authoring.ChaptersOf(User), courseId, chapterId, cancellationToken) is not { } chapter) return NotFound();
        var rows = await db.Exercises.Where(e => e.ChapterId == chapterId).OrderBy(e => e.Number).ThenBy(e => e.Id)
            .Select(e => new SheetRow(e.Id, e.Number, e.Title, e.Kind, e.Points, e.Required, e.Version, db.Attempts.Count(a => a.ExerciseId == e.Id))).ToListAsync(cancellationToken);
        return View("Sheet", new SheetViewModel(chapter, rows.FindAll(row => row.Number > 0), rows.FindAll(row => row.Number == 0)));
    }

    /// <param name="vers">« haut » or « bas ».</param>
    [HttpPost(List + "/{exercise:int}/place")]
    [LivePage]
    public Task<IActionResult> Move(int courseId, int chapterId, int exercise, string? vers, CancellationToken cancellationToken) =>
        ArrangeAsync(courseId, chapterId, exercise, (chapter, moved) =>
        {
            if (!moved.Retired) chapter.Arrange(moved, moved.Number + (vers == "haut" ? -1 : 1));
        }, cancellationToken);

    /// <summary>No longer asked; what was answered stays.</summary>
    [HttpPost(List + "/{exercise:int}/retrait")]
    [LivePage]
    public Task<IActionResult> Retire(int courseId, int chapterId, int exercise, CancellationToken cancellationToken) =>
        ArrangeAsync(courseId, chapterId, exercise, (chapter, retired) => chapter.Retire(retired), cancellationToken);

    /// <summary>Asked again, as the last.</summary>
    [HttpPost(List + "/{exercise:int}/retour")]
    [LivePage]
    public Task<IActionResult> Return(int courseId, int chapterId, int exercise, CancellationToken cancellationToken) =>
        ArrangeAsync(courseId, chapterId, exercise, (chapter, returned) =>
        {
            if (returned.Retired) chapter.Arrange(returned, int.MaxValue);
        }, cancellationToken);

    async Task<IActionResult> ArrangeAsync(int courseId, int chapterId, int exercise, Action<Chapter, Exercise> arrange, CancellationToken cancellationToken) =>
        await ChapterAsync(authoring.ChaptersOf(User), courseId, chapterId, cancellationToken) is not null && await ExerciseDesk.ArrangeAsync(db, chapterId, exercise, arrange, cancellationToken)
            ? RedirectToAction(nameof(Index), new { courseId, chapterId }) : NotFound();

    internal static Task<SheetChapter?> ChapterAsync(IQueryable<Chapter> mine, int courseId, int chapterId, CancellationToken cancellationToken) =>
        mine.Where(c => c.Id == chapterId && c.CourseId == courseId).Select(c => new SheetChapter(c.CourseId, c.Course.Title, c.Course.Slug, c.Id, c.Title, c.Slug)).SingleOrDefaultAsync(cancellationToken)!;
}
