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

namespace NsiPortal.Features.Teach.Chapters;

/// <summary>Where a chapter stands, and whether readers see it.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
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
        var course = await authoring.CoursesOf(User).Where(c => c.Id == courseId).Include(c => c.Chapters).SingleOrDefaultAsync(cancellationToken);
        var chapter = course is null ? null : await Mine(courseId, chapterId).Include(c => c.Draft).Include(c => c.Contents).Include(c => c.Exercises).AsSplitQuery().SingleOrDefaultAsync(cancellationToken);
        if (course is null || chapter is null) return NotFound();

        var (title, summary, markdown) = chapter.Draft is { } draft ? (draft.Title.Length > 0 ? draft.Title : chapter.Title, draft.Summary, draft.Markdown) : (chapter.Title, chapter.Summary, chapter.Markdown);
        var suffix = texts["Chapter.CopySuffix"].Value;
        title = title[..Math.Min(title.Length, Course.MaxTitleLength - suffix.Length)] + suffix;
        var copy = course.AddChapter(course.FreeSlug(chapter.Slug), title);
        copy.Write("", renderer.Render(""));
        copy.Cover(chapter.Contents);
        foreach (var exercise in chapter.Exercises.Where(e => !e.Retired))
            copy.AddExercise(exercise.Key).Write(exercise.Number, exercise.Title, exercise.Points, exercise.Required, exercise.MaximumTries, exercise.Source, exercise.Content);
        copy.Redraft().Save(title, summary, markdown, 0, User.UserId!.Value, Guid.NewGuid(), time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return Redirect($"/prof/cours/{courseId}/chapitres/{copy.Id}");
    }

    /// <summary>Moves it to the end of another course, with the figures that it shows.</summary>
    [HttpPost($"{Address}/deplacement")]
    [LivePage]
    public async Task<IActionResult> Move(int courseId, int chapterId, int cours, CancellationToken cancellationToken)
    {
        if (await FindAsync(courseId, chapterId, cancellationToken) is not { } chapter) return NotFound();
        if (await authoring.CoursesOf(User).Where(c => c.Id == cours).Include(c => c.Chapters).SingleOrDefaultAsync(cancellationToken) is not { } target) return NotFound();
        if (cours == courseId) return Redirect($"/prof/cours/{courseId}/chapitres/{chapterId}");
        if (chapter.MoveTo(target.FreeSlug(chapter.Slug)) is { } slug) db.OldSlugs.Add(slug);
        if (chapter.MoveTo(target, target.Chapters.Select(c => c.Position).DefaultIfEmpty().Max() + 1) is { } place) db.OldSlugs.Add(place);

        var said = chapter.Markdown + chapter.Draft?.Markdown;
        var names = await db.CourseFiles.Where(f => f.CourseId == courseId && !db.CourseFiles.Any(other => other.CourseId == cours && other.Name == f.Name)).Select(f => f.Name).ToListAsync(cancellationToken);
        var shown = names.FindAll(name => said.Contains(name, StringComparison.Ordinal));
        foreach (var file in await db.CourseFiles.AsNoTracking().Where(f => f.CourseId == courseId && shown.Contains(f.Name)).ToListAsync(cancellationToken))
            target.Attach(file.Name, file.MediaType, file.Content);
        await db.SaveChangesAsync(cancellationToken);
        return Redirect($"/prof/cours/{cours}/chapitres/{chapterId}");
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
