using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;
using NsiPortal.Exchange;
using NsiPortal.Features.Shared;
using NsiPortal.Learning;

namespace NsiPortal.Features.Exercises.Sheets;

/// <summary>An exercise as text, as it stands in the folder of an exported course: for what forms do not show, and for whoever prefers it.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
[EnableRateLimiting(AccountsSetup.Writing)]
public sealed class ExerciseSourcesController(PortalDbContext db, Authoring authoring, ExerciseDesk desk, Regrading regrading, IStringLocalizer<Texts> texts) : Controller
{
    const string One = SheetsController.List + "/{exercise:int}/source";

    [HttpGet(One)]
    [LivePage]
    public async Task<IActionResult> Edit(int courseId, int chapterId, int exercise, CancellationToken cancellationToken) =>
        await FindAsync(courseId, chapterId, exercise, cancellationToken) is var (chapter, found)
            ? View("Source", new ExerciseSourceViewModel(chapter, exercise, found.Title, found.Source, found.Version, null, null)) : NotFound();

    [HttpPost(One)]
    [LivePage]
    [RequestSizeLimit(ExerciseFormsController.MaximumRequest)]
    public async Task<IActionResult> Update(int courseId, int chapterId, int exercise, string? yaml, int version, string? faire, CancellationToken cancellationToken)
    {
        if (await FindAsync(courseId, chapterId, exercise, cancellationToken) is not var (chapter, found)) return NotFound();
        var model = new ExerciseSourceViewModel(chapter, exercise, found.Title, (yaml ?? "").ReplaceLineEndings("\n"), version, null, null);
        if (desk.Read(model.Yaml, out var fault) is not { } source)
        {
            ModelState.AddModelError("yaml", texts["Sheet.Line", fault!.Line, fault.Reason]);
            return Show(model with { Fault = fault }, StatusCodes.Status400BadRequest);
        }

        if (source.Key != found.Key)
        {
            ModelState.AddModelError("yaml", texts["Sheet.KeyStays", found.Key]);
            return Show(model, StatusCodes.Status400BadRequest);
        }

        if (faire != "enregistrer") return Show(model with { Trial = SheetTrial.Of(chapter, source, faire == "essayer" ? AnswerForm.Read(Request.Form) : null) });
        var saving = await ExerciseDesk.SaveAsync(db, chapterId, exercise, version, source, cancellationToken);
        switch (saving.Outcome)
        {
            case DeskOutcome.Gone:
                return NotFound();
            case DeskOutcome.Saved or DeskOutcome.Revised:
                // It is saved, whoever waits for the answer. What an earlier save has left ungraded is graded too.
                await regrading.RunAsync([exercise], CancellationToken.None);
                return RedirectToAction(nameof(SheetsController.Index), "Sheets", new { courseId, chapterId });
            default:
                ModelState.Clear();
                ModelState.AddModelError("", texts[$"Sheet.{saving.Outcome}"]);
                return Show(model with { Version = saving.Exercise!.Version }, StatusCodes.Status409Conflict);
        }
    }

    IActionResult Show(ExerciseSourceViewModel model, int status = StatusCodes.Status200OK)
    {
        Response.StatusCode = status;
        return Request.Headers.ContainsKey("HX-Request") ? PartialView("_Source", model) : View("Source", model);
    }

    async Task<(SheetChapter Chapter, Exercise Exercise)?> FindAsync(int courseId, int chapterId, int exercise, CancellationToken cancellationToken)
    {
        if (await SheetsController.ChapterAsync(authoring.ChaptersOf(User), courseId, chapterId, cancellationToken) is not { } chapter) return null;
        return await db.Exercises.AsNoTracking().SingleOrDefaultAsync(e => e.Id == exercise && e.ChapterId == chapterId, cancellationToken) is { } found ? (chapter, found) : null;
    }
}
