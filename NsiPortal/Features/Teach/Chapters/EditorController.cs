using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Features.Shared;
using NsiPortal.Rendering;

namespace NsiPortal.Features.Teach.Chapters;

/// <summary>
/// Where a chapter is written. What is typed is kept in a draft that readers do not see, and a release makes it what they see. Nobody overwrites what
/// they have not seen: who saves says what they began from.
/// </summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
[EnableRateLimiting(AccountsSetup.Writing)]
[RequestSizeLimit(EditorController.MaximumRequest)]
[RequestFormLimits(ValueLengthLimit = EditorController.MaximumRequest)]
public sealed class EditorController(PortalDbContext db, Authoring authoring, MarkdownRenderer renderer, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    const string Address = "/prof/cours/{courseId:int}/chapitres/{chapterId:int}";

    /// <summary>The longest text, each of whose characters takes several in a form.</summary>
    internal const int MaximumRequest = 10 * 1024 * 1024;

    bool ForScript => Request.Headers.ContainsKey("HX-Request");

    [HttpGet(Address)]
    [LivePage]
    public async Task<IActionResult> Edit(int courseId, int chapterId, CancellationToken cancellationToken) =>
        await FindAsync(courseId, chapterId, cancellationToken) is { } chapter ? await ShowAsync(chapter, FormOf(chapter), null, cancellationToken) : NotFound();

    /// <summary>Keeps what was typed, however unfinished.</summary>
    [HttpPost($"{Address}/brouillon")]
    [LivePage]
    public async Task<IActionResult> Save(int courseId, int chapterId, EditorForm form, CancellationToken cancellationToken)
    {
        form.Check(ModelState, texts, complete: false);
        return await WriteAsync(courseId, chapterId, form, release: false, (chapter, now) =>
        {
            if (form.Says(chapter.Title, chapter.Summary, chapter.Markdown)) chapter.ForgetDraft();
            else chapter.Redraft().Save(form.Title, form.Summary, form.Markdown, chapter.Draft!.BaseRevision, User.UserId!.Value, form.Page!.Value, now);
        }, cancellationToken);
    }

    /// <summary>What the text makes, by the renderer that readers' pages come from.</summary>
    [HttpPost($"{Address}/apercu")]
    [LivePage]
    public async Task<IActionResult> Preview(int courseId, int chapterId, EditorForm form, CancellationToken cancellationToken)
    {
        if (await FindAsync(courseId, chapterId, cancellationToken) is not { } chapter) return NotFound();
        if (form.Markdown.Length > ChapterDraft.MaxMarkdownLength) return StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (ForScript) return PartialView("_Preview", RenderedPreview.Of(renderer.Render(form.Markdown).Html, chapter.CourseId));
        return await ShowAsync(chapter, form, null, cancellationToken, previewing: true);
    }

    /// <summary>Makes it what readers see, from their next request on.</summary>
    [HttpPost($"{Address}/publication")]
    [LivePage]
    public Task<IActionResult> Release(int courseId, int chapterId, EditorForm form, CancellationToken cancellationToken) =>
        ReleaseAsync(courseId, chapterId, form, chapter => chapter.Publish(), cancellationToken);

    /// <summary>The same, later: what is written afterwards needs a release of its own.</summary>
    [HttpPost($"{Address}/programmation")]
    [LivePage]
    public Task<IActionResult> Schedule(int courseId, int chapterId, EditorForm form, CancellationToken cancellationToken)
    {
        var (at, fault) = ScheduledTime.Read(form.Quand, time.GetUtcNow());
        if (fault is not null) ModelState.AddModelError(nameof(form.Quand), texts[$"Schedule.{fault}"]);
        return ReleaseAsync(courseId, chapterId, form, chapter => chapter.SchedulePublication(at!.Value), cancellationToken, ifHidden: true);
    }

    /// <summary>Gives up the draft: what was released stands.</summary>
    [HttpPost($"{Address}/abandon")]
    [LivePage]
    public async Task<IActionResult> Discard(int courseId, int chapterId, EditorForm form, CancellationToken cancellationToken)
    {
        if (!await Mine(courseId, chapterId).AnyAsync(cancellationToken)) return NotFound();
        // A form that does not say which page it comes from has seen nothing.
        form.Page ??= Guid.Empty;
        Chapter? chapter = null;
        ConflictViewModel? conflict = null;
        await db.InTransactionAsync(async () =>
        {
            await db.Chapters.Where(c => c.Id == chapterId).LockAsync(cancellationToken);
            chapter = await FindAsync(courseId, chapterId, cancellationToken);
            if (chapter?.Draft is not { } draft) return;
            if (!draft.Continues(form.Etat, form.Page!.Value)) conflict = await ConflictAsync(chapter, form, cancellationToken);
            if (conflict is not null) return;
            chapter.ForgetDraft();
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);

        if (chapter is null) return NotFound();
        if (conflict is null) return RedirectToAction(nameof(Edit), new { courseId, chapterId });
        Response.StatusCode = StatusCodes.Status409Conflict;
        return await ShowAsync(chapter, form, conflict, cancellationToken);
    }

    Task<IActionResult> ReleaseAsync(int courseId, int chapterId, EditorForm form, Action<Chapter> publish, CancellationToken cancellationToken, bool ifHidden = false)
    {
        form.Check(ModelState, texts, complete: true);
        // Before the transaction, for whose end others wait.
        var rendered = ModelState.IsValid ? renderer.Render(form.Markdown) : null;
        return WriteAsync(courseId, chapterId, form, release: true, (chapter, now) =>
        {
            if (chapter.Revision == 0 || !form.Says(chapter.Title, chapter.Summary, chapter.Markdown))
            {
                chapter.Describe(form.Title, form.Summary, chapter.Position);
                chapter.Write(form.Markdown, rendered!);
                chapter.Keep(User.UserId, form.Note ?? "", now);
            }

            chapter.ForgetDraft();
            publish(chapter);
        }, cancellationToken, ifHidden);
    }

    /// <summary>Writes if the form is in order and nobody else has written meanwhile; with <paramref name="ifHidden"/>, only what readers do not see.</summary>
    async Task<IActionResult> WriteAsync(
        int courseId, int chapterId, EditorForm form, bool release, Action<Chapter, DateTimeOffset> write, CancellationToken cancellationToken, bool ifHidden = false)
    {
        if (!await Mine(courseId, chapterId).AnyAsync(cancellationToken)) return NotFound();
        if (!ModelState.IsValid) return await RefuseAsync(courseId, chapterId, form, StatusCodes.Status400BadRequest, cancellationToken);

        Chapter? written = null;
        ConflictViewModel? conflict = null;
        var shown = false;
        var now = time.GetUtcNow();
        await db.InTransactionAsync(async () =>
        {
            // As an import locks them. A draft is nothing that an import touches.
            if (release) await db.Courses.Where(c => c.Id == courseId).LockAsync(cancellationToken);
            await db.Chapters.Where(c => c.Id == chapterId).LockAsync(cancellationToken);
            written = await FindAsync(courseId, chapterId, cancellationToken);
            if (written is null) return;
            conflict = await ConflictAsync(written, form, cancellationToken);
            if (conflict is not null) return;
            // Its scheduled publication may have come meanwhile, and what is written now would be read at once.
            shown = ifHidden && written.Published;
            if (shown) return;
            write(written, now);
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);

        if (written is null) return NotFound();
        if (shown)
        {
            ModelState.AddModelError("", texts["Schedule.Published"]);
            return await RefuseAsync(courseId, chapterId, form, StatusCodes.Status409Conflict, cancellationToken);
        }

        if (conflict is null)
            return ForScript ? Json(new { etat = written.Draft?.Stamp, revision = written.Revision, quand = texts["Editor.SavedAt", ParisTime.FromInstant(now)].Value })
                : RedirectToAction(nameof(Edit), new { courseId, chapterId });

        Response.StatusCode = StatusCodes.Status409Conflict;
        return ForScript ? PartialView("_Conflict", conflict) : await ShowAsync(written, form, conflict, cancellationToken);
    }

    async Task<IActionResult> RefuseAsync(int courseId, int chapterId, EditorForm form, int status, CancellationToken cancellationToken)
    {
        if (ForScript) return StatusCode(status, string.Join(' ', ModelState.Values.SelectMany(value => value.Errors).Select(error => error.ErrorMessage)));
        if (await FindAsync(courseId, chapterId, cancellationToken) is not { } chapter) return NotFound();
        Response.StatusCode = status;
        return await ShowAsync(chapter, form, null, cancellationToken);
    }

    /// <summary>What stands where the form would be written, if its author has not seen it.</summary>
    async Task<ConflictViewModel?> ConflictAsync(Chapter chapter, EditorForm form, CancellationToken cancellationToken)
    {
        var address = ChapterPlace.Of(chapter).Address;
        if (chapter.Draft is { } draft && !draft.Continues(form.Etat, form.Page!.Value))
        {
            return form.Says(draft.Title, draft.Summary, draft.Markdown) ? null
                : new ConflictViewModel(address, draft.Author?.Nickname, draft.AuthorId == User.UserId, draft.SavedAt, Released: false, Difference(draft.Title, draft.Summary, draft.Markdown), draft.Stamp, chapter.Revision);
        }

        if (chapter.Revision == form.Revision || form.Says(chapter.Title, chapter.Summary, chapter.Markdown)) return null;
        var last = await db.ChapterRevisions.Where(r => r.ChapterId == chapter.Id && r.Number == chapter.Revision).Select(r => new { r.At, r.AuthorId, Nickname = r.Author == null ? null : r.Author.Nickname }).SingleOrDefaultAsync(cancellationToken);
        return new ConflictViewModel(address, last?.Nickname, last is not null && last.AuthorId == User.UserId, last?.At ?? time.GetUtcNow(), Released: true, Difference(chapter.Title, chapter.Summary, chapter.Markdown), chapter.Draft?.Stamp, chapter.Revision);

        IReadOnlyList<DiffLine> Difference(string title, string summary, string markdown) =>
            TextDiff.Fold(TextDiff.Between(RevisionText.Of(title, summary, markdown), RevisionText.Of(form.Title, form.Summary, form.Markdown)));
    }

    async Task<IActionResult> ShowAsync(Chapter chapter, EditorForm form, ConflictViewModel? conflict, CancellationToken cancellationToken, bool previewing = false)
    {
        if (conflict is not null)
        {
            // Whoever goes on now does so knowingly.
            (form.Etat, form.Revision, form.Page) = (conflict.Stamp, conflict.Revision, Guid.NewGuid());
            ModelState.Clear();
        }

        return View("Editor", await EditorPage.OfAsync(db, authoring, User, renderer, chapter, form, cancellationToken) is var model ? model with { Conflict = conflict, Previewing = previewing } : null);
    }

    internal static EditorForm FormOf(Chapter chapter) => new()
    {
        Titre = chapter.Draft?.Title ?? chapter.Title, Resume = chapter.Draft?.Summary ?? chapter.Summary, Texte = chapter.Draft?.Markdown ?? chapter.Markdown,
        Page = Guid.NewGuid(), Etat = chapter.Draft?.Stamp, Revision = chapter.Revision,
    };

    IQueryable<Chapter> Mine(int courseId, int chapterId) => authoring.ChaptersOf(User).Where(c => c.Id == chapterId && c.CourseId == courseId);

    Task<Chapter?> FindAsync(int courseId, int chapterId, CancellationToken cancellationToken) =>
        Mine(courseId, chapterId).Include(c => c.Course).Include(c => c.Draft).ThenInclude(d => d!.Author).SingleOrDefaultAsync(cancellationToken);
}
