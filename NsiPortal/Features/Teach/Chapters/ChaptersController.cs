using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Exchange.Uploads;
using NsiPortal.Features.Shared;
using NsiPortal.Rendering;

namespace NsiPortal.Features.Teach.Chapters;

/// <summary>Where a chapter stands, and whether readers see it.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
[EnableRateLimiting(AccountsSetup.Writing)]
public sealed class ChaptersController(PortalDbContext db, Authoring authoring, MarkdownRenderer renderer, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    const string Address = "/prof/cours/{courseId:int}/chapitres/{chapterId:int}";

    /// <summary>Gives it another address; the former one leads to it.</summary>
    [HttpPost($"{Address}/adresse")]
    [LivePage]
    public async Task<IActionResult> Rename(int courseId, int chapterId, string? adresse, CancellationToken cancellationToken)
    {
        if (await FindAsync(courseId, chapterId, cancellationToken) is not { } chapter) return NotFound();
        if (!Slug.IsValid(adresse ?? ""))
        {
            ModelState.AddModelError(nameof(adresse), texts["Slug.Fault", Slug.MaxLength]);
        }
        else
        {
            if (chapter.MoveTo(adresse!) is { } old) db.OldSlugs.Add(old);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return Redirect($"/prof/cours/{courseId}/chapitres/{chapterId}");
            }
            catch (DbUpdateException fault) when (fault.IsOfUniqueness)
            {
                ModelState.AddModelError(nameof(adresse), texts["Slug.Taken"]);
            }
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        db.ChangeTracker.Clear();
        if (await FindAsync(courseId, chapterId, cancellationToken) is not { } shown) return NotFound();
        var model = await EditorPage.OfAsync(db, authoring, User, renderer, shown, EditorController.FormOf(shown), cancellationToken);
        return View("Editor", model with { EnteredSlug = adresse });
    }

    /// <summary>Another chapter that begins as this one is now, exercises included; readers do not see it.</summary>
    [HttpPost($"{Address}/copie")]
    [LivePage]
    public async Task<IActionResult> Copy(int courseId, int chapterId, CancellationToken cancellationToken)
    {
        Chapter? copy = null;
        await db.InTransactionAsync(async () =>
        {
            // Two copies at once have two addresses.
            var courses = authoring.CoursesOf(User).Where(c => c.Id == courseId);
            if (await courses.LockAsync(cancellationToken) == 0) return;
            var course = await courses.Include(c => c.Chapters).SingleAsync(cancellationToken);
            if (await Mine(courseId, chapterId).Include(c => c.Draft).Include(c => c.Contents).Include(c => c.Exercises).AsSplitQuery().SingleOrDefaultAsync(cancellationToken) is not { } chapter) return;
            copy = CopyOf(chapter, course);
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return copy is null ? NotFound() : Redirect($"/prof/cours/{courseId}/chapitres/{copy.Id}");
    }

    Chapter CopyOf(Chapter chapter, Course course)
    {
        var (title, summary, markdown) = chapter.Draft is { } draft ? (draft.Title.Length > 0 ? draft.Title : chapter.Title, draft.Summary, draft.Markdown) : (chapter.Title, chapter.Summary, chapter.Markdown);
        var suffix = texts["Chapter.CopySuffix"].Value;
        title = title[..Math.Min(title.Length, Course.MaxTitleLength - suffix.Length)] + suffix;
        var copy = course.AddChapter(course.FreeSlug(chapter.Slug), title);
        copy.Write("", renderer.Render(""));
        copy.Cover(chapter.Contents);
        foreach (var exercise in chapter.Exercises.Where(e => !e.Retired))
            copy.AddExercise(exercise.Key).Write(exercise.Number, exercise.Title, exercise.Points, exercise.Required, exercise.MaximumTries, exercise.Source, exercise.Content);
        copy.Redraft().Save(title, summary, markdown, 0, User.UserId!.Value, Guid.NewGuid(), time.GetUtcNow());
        return copy;
    }

    /// <summary>Moves it to the end of another course, with the figures that it shows.</summary>
    [HttpPost($"{Address}/deplacement")]
    [LivePage]
    public async Task<IActionResult> Move(int courseId, int chapterId, int cours, CancellationToken cancellationToken)
    {
        if (!await Mine(courseId, chapterId).AnyAsync(cancellationToken) || !await authoring.CoursesOf(User).AnyAsync(c => c.Id == cours, cancellationToken)) return NotFound();
        if (cours == courseId) return Redirect($"/prof/cours/{courseId}/chapitres/{chapterId}");
        Chapter? chapter = null;
        string? refusal = null;
        await db.InTransactionAsync(async () =>
        {
            // Always in the same order, so that no two wait for each other.
            await db.Courses.Where(c => c.Id == Math.Min(courseId, cours)).LockAsync(cancellationToken);
            await db.Courses.Where(c => c.Id == Math.Max(courseId, cours)).LockAsync(cancellationToken);
            if (await authoring.CoursesOf(User).Where(c => c.Id == cours).Include(c => c.Chapters).SingleOrDefaultAsync(cancellationToken) is not { } target) return;
            chapter = await FindAsync(courseId, chapterId, cancellationToken);
            if (chapter is null) return;
            refusal = await TakeFilesAsync(chapter, target, cancellationToken);
            if (refusal is not null) return;
            if (chapter.MoveTo(target.FreeSlug(chapter.Slug)) is { } slug) db.OldSlugs.Add(slug);
            if (chapter.MoveTo(target, target.Chapters.Select(c => c.Position).DefaultIfEmpty().Max() + 1) is { } place) db.OldSlugs.Add(place);
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);

        if (chapter is null) return NotFound();
        if (refusal is null) return Redirect($"/prof/cours/{cours}/chapitres/{chapterId}");
        ModelState.AddModelError(nameof(cours), refusal);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return View("Editor", await EditorPage.OfAsync(db, authoring, User, renderer, chapter, EditorController.FormOf(chapter), cancellationToken));
    }

    /// <summary>Gives a course the files that a chapter and its exercises show.</summary>
    /// <returns>Why it cannot have them; null when it has them.</returns>
    async Task<string?> TakeFilesAsync(Chapter chapter, Course target, CancellationToken cancellationToken)
    {
        string[] said = [chapter.Markdown, chapter.Draft?.Markdown ?? "", .. await db.Exercises.Where(e => e.ChapterId == chapter.Id).Select(e => e.Source).ToListAsync(cancellationToken)];
        var files = await db.CourseFiles.Where(f => f.CourseId == chapter.CourseId).OrderBy(f => f.Name).Select(f => new { f.Name, f.Hash, f.Content.Length }).ToListAsync(cancellationToken);
        var shown = files.FindAll(f => Array.Exists(said, text => Upload.IsIn(text, f.Name)));
        var there = await db.CourseFiles.Where(f => f.CourseId == target.Id).Select(f => new { f.Name, f.Hash, f.Content.Length }).ToDictionaryAsync(f => f.Name, cancellationToken);
        // Under its name the chapter would show another.
        var others = shown.FindAll(f => there.TryGetValue(f.Name, out var other) && other.Hash != f.Hash).ConvertAll(f => f.Name);
        if (others.Count > 0) return texts["Editor.MoveOther", string.Join(", ", others)];
        var missing = shown.FindAll(f => !there.ContainsKey(f.Name));
        if (!CourseUploads.HasRoom(there.Values.Sum(f => (long)f.Length) + missing.Sum(f => (long)f.Length))) return texts["Editor.MoveRoom", Upload.MaximumCourseBytes / 1024 / 1024];
        var names = missing.ConvertAll(f => f.Name);
        foreach (var file in await db.CourseFiles.AsNoTracking().Where(f => f.CourseId == chapter.CourseId && names.Contains(f.Name)).ToListAsync(cancellationToken))
            target.Attach(file.Name, file.MediaType, file.Content).Describe(file.Alternative);
        return null;
    }

    [HttpPost($"{Address}/depublication")]
    [LivePage]
    public Task<IActionResult> Unpublish(int courseId, int chapterId, CancellationToken cancellationToken) => ChangeAsync(courseId, chapterId, chapter => chapter.Unpublish(), cancellationToken);

    [HttpPost($"{Address}/deprogrammation")]
    [LivePage]
    public Task<IActionResult> Unschedule(int courseId, int chapterId, CancellationToken cancellationToken) => ChangeAsync(courseId, chapterId, chapter => chapter.Unschedule(), cancellationToken);

    async Task<IActionResult> ChangeAsync(int courseId, int chapterId, Action<Chapter> change, CancellationToken cancellationToken)
    {
        if (!await Mine(courseId, chapterId).AnyAsync(cancellationToken)) return NotFound();
        await db.InTransactionAsync(async () =>
        {
            // Its scheduled publication may be under way.
            await db.Courses.Where(c => c.Id == courseId).LockAsync(cancellationToken);
            if (await Mine(courseId, chapterId).SingleOrDefaultAsync(cancellationToken) is not { } chapter) return;
            change(chapter);
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return Redirect($"/prof/cours/{courseId}/chapitres/{chapterId}");
    }

    IQueryable<Chapter> Mine(int courseId, int chapterId) => authoring.ChaptersOf(User).Where(c => c.Id == chapterId && c.CourseId == courseId);

    Task<Chapter?> FindAsync(int courseId, int chapterId, CancellationToken cancellationToken) =>
        Mine(courseId, chapterId).Include(c => c.Course).Include(c => c.Draft).ThenInclude(d => d!.Author).SingleOrDefaultAsync(cancellationToken);
}
