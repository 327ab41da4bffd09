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

namespace NsiPortal.Features.Teach.Chapters;

/// <summary>What a chapter has said before.</summary>
[Authorize(Roles = Authoring.Roles)]
[AutoValidateAntiforgeryToken]
[EnableRateLimiting(AccountsSetup.Writing)]
public sealed class RevisionsController(PortalDbContext db, Authoring authoring, TimeProvider time, IStringLocalizer<Texts> texts) : Controller
{
    const string Address = "/prof/cours/{courseId:int}/chapitres/{chapterId:int}/revisions";

    [HttpGet(Address)]
    [LivePage]
    public async Task<IActionResult> Index(int courseId, int chapterId, CancellationToken cancellationToken)
    {
        if (await Mine(courseId, chapterId).Include(c => c.Course).Include(c => c.Draft).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } chapter) return NotFound();
        var revisions = await db.ChapterRevisions.Where(r => r.ChapterId == chapterId).OrderByDescending(r => r.Number)
            .Select(r => new ReleaseLine(r.Number, r.At, r.Author == null ? null : r.Author.Nickname, r.Note)).ToListAsync(cancellationToken);
        return View("Revisions", new RevisionsViewModel(ChapterPlace.Of(chapter), revisions, chapter.Draft is not null));
    }

    /// <summary>What changed from one revision to another, or to the draft; from the one before when nothing is said.</summary>
    [HttpGet($"{Address}/{{number:int}}")]
    [LivePage]
    public async Task<IActionResult> Details(int courseId, int chapterId, int number, string? avec, CancellationToken cancellationToken) =>
        await FindAsync(courseId, chapterId, number, avec, cancellationToken) is { } found ? View("Revision", found) : NotFound();

    /// <summary>Takes it up again as the draft, which its author reads before they release it.</summary>
    /// <param name="etat">The stamp of the draft that it replaces; null for none.</param>
    [HttpPost($"{Address}/{{number:int}}/reprise")]
    [LivePage]
    public async Task<IActionResult> Restore(int courseId, int chapterId, int number, Guid? etat, CancellationToken cancellationToken)
    {
        if (!await Mine(courseId, chapterId).AnyAsync(cancellationToken)) return NotFound();
        if (await db.ChapterRevisions.AsNoTracking().SingleOrDefaultAsync(r => r.ChapterId == chapterId && r.Number == number, cancellationToken) is not { } revision) return NotFound();
        var restored = false;
        await db.InTransactionAsync(async () =>
        {
            await db.Chapters.Where(c => c.Id == chapterId).LockAsync(cancellationToken);
            if (await Mine(courseId, chapterId).Include(c => c.Draft).SingleOrDefaultAsync(cancellationToken) is not { } chapter || chapter.Draft?.Stamp != etat) return;
            restored = true;
            chapter.Redraft().Save(revision.Title, revision.Summary, revision.Markdown, chapter.Revision, User.UserId!.Value, Guid.NewGuid(), time.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        if (restored) return Redirect($"/prof/cours/{courseId}/chapitres/{chapterId}");

        // A draft that nobody here has seen is not overwritten.
        ModelState.AddModelError("", texts["Revision.DraftChanged"]);
        ModelState.Remove(nameof(etat));
        Response.StatusCode = StatusCodes.Status409Conflict;
        return await FindAsync(courseId, chapterId, number, null, cancellationToken) is { } found ? View("Revision", found) : NotFound();
    }

    async Task<RevisionViewModel?> FindAsync(int courseId, int chapterId, int number, string? with, CancellationToken cancellationToken)
    {
        if (await Mine(courseId, chapterId).Include(c => c.Course).Include(c => c.Draft).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } chapter) return null;
        var other = with is null ? number - 1 : int.TryParse(with, out var given) ? given : 0;
        var found = await db.ChapterRevisions.Where(r => r.ChapterId == chapterId && (r.Number == number || r.Number == other))
            .Select(r => new { Line = new ReleaseLine(r.Number, r.At, r.Author == null ? null : r.Author.Nickname, r.Note), r.Title, r.Summary, r.Markdown }).ToListAsync(cancellationToken);
        if (found.Find(r => r.Line.Number == number) is not { } shown) return null;
        var place = ChapterPlace.Of(chapter);
        var text = RevisionText.Of(shown.Title, shown.Summary, shown.Markdown);
        if (with == DraftName)
        {
            return chapter.Draft is not { } draft ? null
                : new RevisionViewModel(place, shown.Line, null, number < chapter.Revision, draft.Stamp, Compare(text, RevisionText.Of(draft.Title, draft.Summary, draft.Markdown))) { WithDraft = true };
        }

        var before = found.Find(r => r.Line.Number == other);
        if (with is not null && before is null) return null;
        return new RevisionViewModel(place, shown.Line, before?.Line, number < chapter.Revision, chapter.Draft?.Stamp, Compare(before is null ? "" : RevisionText.Of(before.Title, before.Summary, before.Markdown), text));

        static IReadOnlyList<DiffLine> Compare(string from, string to) => TextDiff.Fold(TextDiff.Between(from, to));
    }

    /// <summary>What the draft is called in addresses.</summary>
    internal const string DraftName = "brouillon";

    IQueryable<Chapter> Mine(int courseId, int chapterId) => authoring.ChaptersOf(User).Where(c => c.Id == chapterId && c.CourseId == courseId);
}

/// <param name="HasDraft">There is something newer than the last.</param>
public sealed record RevisionsViewModel(ChapterPlace Place, IReadOnlyList<ReleaseLine> Revisions, bool HasDraft);

/// <param name="Before">What it is compared with; null for nothing.</param>
/// <param name="Former">Another one has been released since.</param>
/// <param name="Stamp">Of the draft that it would replace; null for none.</param>
public sealed record RevisionViewModel(ChapterPlace Place, ReleaseLine Revision, ReleaseLine? Before, bool Former, Guid? Stamp, IReadOnlyList<DiffLine> Lines)
{
    /// <summary>The other way round: what the draft changes in it.</summary>
    public bool WithDraft { get; init; }
}
