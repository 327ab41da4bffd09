using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;
using NsiPortal.Features.Shared;
using NsiPortal.Learning;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>Which corrections a class may read, and from when. Only the live form of an answer shows them, so that no page that is kept has to know.</summary>
public sealed class CorrectionsController(PortalDbContext db, Catalogue catalogue, ClassGrids grids, TimeProvider time, IStringLocalizer<Texts> texts) : ClassRouteController(db)
{
    /// <param name="chapitre">Whose corrections; null for where the class has worked last.</param>
    /// <param name="cancellationToken">Cancels.</param>
    [HttpGet("/prof/classes/{id:int}/corrections")]
    [LivePage]
    public async Task<IActionResult> Details(int? chapitre, CancellationToken cancellationToken) => View("Corrections", await ModelAsync(chapitre, cancellationToken));

    /// <summary>Shows the correction of an exercise, or of all of a chapter, at once or from a date on.</summary>
    [HttpPost("/prof/classes/{id:int}/corrections")]
    [LivePage]
    public async Task<IActionResult> Release(int id, int? chapitre, int? exercice, string? date, CancellationToken cancellationToken)
    {
        if (!LocalTime.TryRead(date, out var at)) ModelState.AddModelError("date", texts["Form.DateFault"]);
        var exercises = await ExercisesAsync(chapitre, exercice, cancellationToken);
        if (exercises.Count == 0) ModelState.AddModelError("", texts["Corrections.ExerciseFault"]);
        if (!ModelState.IsValid) return Again("Corrections", await ModelAsync(chapitre, cancellationToken) with { Entered = date });

        var released = await Db.CorrectionReleases.Where(r => r.ClassId == id && exercises.Contains(r.ExerciseId)).ToListAsync(cancellationToken);
        var from = at ?? time.GetUtcNow();
        foreach (var exercise in exercises)
        {
            if (released.Find(r => r.ExerciseId == exercise) is { } former) former.MoveTo(from);
            else Db.CorrectionReleases.Add(new CorrectionRelease(id, exercise, from));
        }

        await TrySaveAsync(cancellationToken);
        return Redirect($"{Address}/corrections?chapitre={chapitre}");
    }

    [HttpPost("/prof/classes/{id:int}/corrections/retrait")]
    [LivePage]
    public async Task<IActionResult> Withdraw(int id, int? chapitre, int? exercice, CancellationToken cancellationToken)
    {
        // An exercise that cannot be read is not the whole chapter.
        if (!ModelState.IsValid) return Again("Corrections", await ModelAsync(chapitre, cancellationToken));
        var exercises = await ExercisesAsync(chapitre, exercice, cancellationToken);
        Db.CorrectionReleases.RemoveRange(await Db.CorrectionReleases.Where(r => r.ClassId == id && exercises.Contains(r.ExerciseId)).ToListAsync(cancellationToken));
        await TrySaveAsync(cancellationToken);
        return Redirect($"{Address}/corrections?chapitre={chapitre}");
    }

    async Task<List<int>> ExercisesAsync(int? chapter, int? exercise, CancellationToken cancellationToken) =>
        [.. (await catalogue.ChaptersAsync(cancellationToken)).Where(c => c.Id == chapter).SelectMany(c => c.Exercises).Select(e => e.Id).Where(e => exercise is null || e == exercise)];

    async Task<CorrectionsViewModel> ModelAsync(int? chapterId, CancellationToken cancellationToken)
    {
        var chapters = (await catalogue.ChaptersAsync(cancellationToken)).Where(chapter => chapter.Exercises.Count > 0).ToList();
        chapterId ??= await grids.LastChapterAsync(Class.Id, cancellationToken);
        var chapter = chapters.Find(c => c.Id == chapterId) ?? (chapters.Count > 0 ? chapters[0] : null);
        var ids = chapter?.Exercises.Select(e => e.Id).ToList() ?? [];
        var contents = await Db.Exercises.Where(e => ids.Contains(e.Id)).Select(e => new { e.Id, e.Content }).ToDictionaryAsync(e => e.Id, e => e.Content.Correction, cancellationToken);
        var released = await Db.CorrectionReleases.Where(r => r.ClassId == Class.Id && ids.Contains(r.ExerciseId)).ToDictionaryAsync(r => r.ExerciseId, r => r.At, cancellationToken);
        return new CorrectionsViewModel(
            Class, chapters, chapter,
            [.. (chapter?.Exercises ?? []).Select(e => new CorrectionRow(e, contents.GetValueOrDefault(e.Id) is not null, released.TryGetValue(e.Id, out var at) ? at : null))],
            time.GetUtcNow(), null);
    }
}

/// <param name="Written">There is something to show.</param>
/// <param name="At">Shown from then on; null when it is not.</param>
public sealed record CorrectionRow(CatalogueExercise Exercise, bool Written, DateTimeOffset? At);

/// <param name="Chapter">The one that is seen; null when there is none.</param>
/// <param name="Entered">The date that was typed.</param>
public sealed record CorrectionsViewModel(
    SchoolClass Class, IReadOnlyList<CatalogueChapter> Chapters, CatalogueChapter? Chapter, IReadOnlyList<CorrectionRow> Rows, DateTimeOffset Now, string? Entered);
