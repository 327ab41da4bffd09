using System.Globalization;
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

/// <summary>
/// The form of one exercise. Its buttons all send the whole form: for another row, for a look at it, for a try, or to keep it. What a script asks for
/// comes without the page around it.
/// </summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
[EnableRateLimiting(AccountsSetup.Writing)]
public sealed class ExerciseFormsController(PortalDbContext db, Authoring authoring, ExerciseDesk desk, Regrading regrading, IStringLocalizer<Texts> texts) : Controller
{
    internal const int MaximumRequest = 1024 * 1024;
    const string Blank = SheetsController.List + "/nouveau/{kind}";
    const string One = SheetsController.List + "/{exercise:int}";

    [HttpGet(Blank)]
    [LivePage]
    public async Task<IActionResult> New(int courseId, int chapterId, string kind, CancellationToken cancellationToken) =>
        KindWords.Kind(kind) is { } of && await ChapterAsync(courseId, chapterId, cancellationToken) is { } chapter
            ? View("Form", new ExerciseFormViewModel(chapter, null, ExerciseForm.New(of), nameof(ExerciseForm.Title), null)) : NotFound();

    [HttpPost(Blank)]
    [LivePage]
    [RequestSizeLimit(MaximumRequest)]
    public async Task<IActionResult> Create(int courseId, int chapterId, string kind, [FromForm] ExerciseForm form, string? faire, CancellationToken cancellationToken)
    {
        if (KindWords.Kind(kind) is not { } of || await ChapterAsync(courseId, chapterId, cancellationToken) is not { } chapter) return NotFound();
        (form.Kind, form.Key) = (of, await ExerciseDesk.KeyForAsync(db, chapterId, form.Title, cancellationToken));
        return await HandleAsync(chapter, null, form, faire, cancellationToken);
    }

    [HttpGet(One)]
    [LivePage]
    public async Task<IActionResult> Edit(int courseId, int chapterId, int exercise, CancellationToken cancellationToken)
    {
        if (await ChapterAsync(courseId, chapterId, cancellationToken) is not { } chapter || await FindAsync(chapterId, exercise, cancellationToken) is not { } found) return NotFound();
        return View("Form", new ExerciseFormViewModel(chapter, exercise, ExerciseForm.Of(found), null, null));
    }

    [HttpPost(One)]
    [LivePage]
    [RequestSizeLimit(MaximumRequest)]
    public async Task<IActionResult> Update(int courseId, int chapterId, int exercise, [FromForm] ExerciseForm form, string? faire, CancellationToken cancellationToken)
    {
        if (await ChapterAsync(courseId, chapterId, cancellationToken) is not { } chapter || await FindAsync(chapterId, exercise, cancellationToken) is not { } found) return NotFound();
        (form.Kind, form.Key) = (found.Kind, found.Key);
        return await HandleAsync(chapter, found, form, faire, cancellationToken);
    }

    async Task<IActionResult> HandleAsync(SheetChapter chapter, Exercise? present, ExerciseForm form, string? faire, CancellationToken cancellationToken)
    {
        // What binding has to say of a number that is none, the sheet says better.
        ModelState.Clear();
        if (form.Do(faire) is { } focus) return Show(chapter, present, form, focus: focus);

        var sheet = form.ToSheet();
        if (desk.Read(sheet.ToString(), out var fault) is not { } source)
        {
            ModelState.AddModelError(sheet.FieldAt(fault!.Line) ?? "", Sentence(fault.InForm));
            return Show(chapter, present, form, StatusCodes.Status400BadRequest);
        }

        if (faire != "enregistrer") return Show(chapter, present, form, trial: SheetTrial.Of(chapter, source, faire == "essayer" ? AnswerForm.Read(Request.Form) : null));

        // Written by hand it may look otherwise and say the same: then it stays as it is.
        if (present is not null && ExerciseForm.Of(present).ToSheet().ToString() == source.Yaml) source = source with { Yaml = present.Source };
        var saving = await ExerciseDesk.SaveAsync(db, chapter.Id, present?.Id, form.Version, source, cancellationToken);
        switch (saving.Outcome)
        {
            case DeskOutcome.Gone:
                return NotFound();
            case DeskOutcome.Saved or DeskOutcome.Revised:
                // It is saved, whoever waits for the answer. What an earlier save has left ungraded is graded too.
                await regrading.RunAsync([saving.Exercise!.Id], CancellationToken.None);
                return RedirectToAction(nameof(SheetsController.Index), "Sheets", new { courseId = chapter.CourseId, chapterId = chapter.Id });
            default:
                ModelState.AddModelError("", texts[$"Sheet.{saving.Outcome}"]);
                // Saved once more it is knowingly written over.
                if (saving is { Outcome: DeskOutcome.ChangedMeanwhile, Exercise: { } other }) form.Version = other.Version;
                return Show(chapter, present, form, StatusCodes.Status409Conflict);
        }
    }

    IActionResult Show(SheetChapter chapter, Exercise? present, ExerciseForm form, int status = StatusCodes.Status200OK, string? focus = null, AnswerViewModel? trial = null)
    {
        Response.StatusCode = status;
        var model = new ExerciseFormViewModel(chapter, present?.Id, form, focus, trial);
        return Request.Headers.ContainsKey("HX-Request") ? PartialView("_Form", model) : View("Form", model);
    }

    static string Sentence(string reason) => $"{char.ToUpper(reason[0], CultureInfo.CurrentCulture)}{reason[1..]}.";

    Task<SheetChapter?> ChapterAsync(int courseId, int chapterId, CancellationToken cancellationToken) => SheetsController.ChapterAsync(authoring.ChaptersOf(User), courseId, chapterId, cancellationToken);

    Task<Exercise?> FindAsync(int chapterId, int exercise, CancellationToken cancellationToken) =>
        db.Exercises.AsNoTracking().SingleOrDefaultAsync(e => e.Id == exercise && e.ChapterId == chapterId, cancellationToken);
}
