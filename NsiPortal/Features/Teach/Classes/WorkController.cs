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

/// <summary>Which courses a class follows, and until when it is to have done a chapter.</summary>
public sealed class WorkController(PortalDbContext db, Catalogue catalogue, TimeProvider time, IStringLocalizer<Texts> texts) : ClassRouteController(db)
{
    /// <param name="chapitre">Whose dates are to be changed.</param>
    /// <param name="fixe">The chapter whose date was just set.</param>
    /// <param name="cancellationToken">Cancels.</param>
    [HttpGet("/prof/classes/{id:int}/travail")]
    [LivePage]
    public async Task<IActionResult> Edit(int? chapitre, int? fixe, CancellationToken cancellationToken)
    {
        var model = await ModelAsync(cancellationToken);
        var chosen = model.Dates.FirstOrDefault(date => date.Chapter.Id == chapitre);
        return View("Work", model with { Form = new DueDateForm { Chapitre = chapitre, Debut = LocalTime.Format(chosen?.StartsAt), Fin = LocalTime.Format(chosen?.DueAt) }, Set = model.Dates.FirstOrDefault(date => date.Chapter.Id == fixe)?.Chapter.Title });
    }

    [HttpPost("/prof/classes/{id:int}/travail/cours")]
    [LivePage]
    public async Task<IActionResult> Follow(int id, int[] cours, CancellationToken cancellationToken)
    {
        var there = (await catalogue.ChaptersAsync(cancellationToken)).Select(chapter => chapter.CourseId).ToHashSet();
        var followed = await Db.ClassCourses.Where(c => c.ClassId == id).ToListAsync(cancellationToken);
        // What is not in the list, because it is not published now, was not unticked either.
        Db.ClassCourses.RemoveRange(followed.Where(c => there.Contains(c.CourseId) && !cours.Contains(c.CourseId)));
        Db.ClassCourses.AddRange(cours.Distinct().Where(course => there.Contains(course) && followed.TrueForAll(c => c.CourseId != course)).Select(course => new ClassCourse(id, course)));
        await TrySaveAsync(cancellationToken);
        return Redirect($"{Address}/travail");
    }

    [HttpPost("/prof/classes/{id:int}/travail/echeances")]
    [LivePage]
    public async Task<IActionResult> SetDate(int id, DueDateForm form, CancellationToken cancellationToken)
    {
        var chapters = await catalogue.ChaptersAsync(cancellationToken);
        if (chapters.All(chapter => chapter.Id != form.Chapitre)) ModelState.AddModelError(nameof(form.Chapitre), texts["Work.ChapterFault"]);
        if (!LocalTime.TryRead(form.Debut, out var from)) ModelState.AddModelError(nameof(form.Debut), texts["Form.DateFault"]);
        if (!LocalTime.TryRead(form.Fin, out var due)) ModelState.AddModelError(nameof(form.Fin), texts["Form.DateFault"]);
        else if (due is null) ModelState.AddModelError(nameof(form.Fin), texts["Work.DateMissing"]);
        else if (!DueDate.IsOrder(from, due.Value)) ModelState.AddModelError(nameof(form.Fin), texts["Work.OrderFault"]);
        var former = await Db.DueDates.SingleOrDefaultAsync(d => d.ClassId == id && d.ChapterId == form.Chapitre, cancellationToken);
        // One that has passed since it was set may stay, while its beginning is put right.
        if (due <= time.GetUtcNow() && due != former?.DueAt) ModelState.AddModelError(nameof(form.Fin), texts["Work.PastFault"]);
        if (!ModelState.IsValid) return Again("Work", await ModelAsync(cancellationToken) with { Form = form });

        if (former is not null) former.Set(from, due!.Value);
        else Db.DueDates.Add(new DueDate(id, form.Chapitre!.Value, from, due!.Value));
        await TrySaveAsync(cancellationToken);
        return Redirect($"{Address}/travail?fixe={form.Chapitre}");
    }

    [HttpPost("/prof/classes/{id:int}/travail/echeances/{chapterId:int}/retrait")]
    [LivePage]
    public async Task<IActionResult> RemoveDate(int id, int chapterId, CancellationToken cancellationToken)
    {
        if (await Db.DueDates.SingleOrDefaultAsync(d => d.ClassId == id && d.ChapterId == chapterId, cancellationToken) is not { } date) return NotFound();
        Db.DueDates.Remove(date);
        await TrySaveAsync(cancellationToken);
        return Redirect($"{Address}/travail");
    }

    async Task<WorkViewModel> ModelAsync(CancellationToken cancellationToken)
    {
        var chapters = await catalogue.ChaptersAsync(cancellationToken);
        var followed = await Db.ClassCourses.Where(c => c.ClassId == Class.Id).Select(c => c.CourseId).ToListAsync(cancellationToken);
        var dates = await Db.DueDates.Where(d => d.ClassId == Class.Id).OrderBy(d => d.DueAt).Select(d => new WorkDate(d.ChapterId, d.StartsAt, d.DueAt)).ToListAsync(cancellationToken);
        var offered = chapters.Where(chapter => followed.Contains(chapter.CourseId)).ToList();
        return new WorkViewModel(
            Class, [.. chapters.DistinctBy(chapter => chapter.CourseId)], followed.ToHashSet(), offered.Count > 0 ? offered : chapters,
            [.. from date in dates join chapter in chapters on date.ChapterId equals chapter.Id select new GivenDate(chapter, date.StartsAt, date.DueAt)], time.GetUtcNow(), new DueDateForm(), null);
    }
}

public sealed class DueDateForm
{
    public int? Chapitre { get; set; }
    public string? Debut { get; set; }
    public string? Fin { get; set; }
}

public sealed record GivenDate(CatalogueChapter Chapter, DateTimeOffset? StartsAt, DateTimeOffset DueAt);

/// <param name="Courses">All that are published, each by its first chapter.</param>
/// <param name="Followed">The ids of those that the class follows.</param>
/// <param name="Chapters">Those that can be given a date.</param>
/// <param name="Set">The chapter whose date was just set.</param>
public sealed record WorkViewModel(
    SchoolClass Class, IReadOnlyList<CatalogueChapter> Courses, IReadOnlySet<int> Followed, IReadOnlyList<CatalogueChapter> Chapters, IReadOnlyList<GivenDate> Dates, DateTimeOffset Now, DueDateForm Form, string? Set);
