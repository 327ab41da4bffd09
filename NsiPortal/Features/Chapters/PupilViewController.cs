using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Accounts;
using NsiPortal.Caching.Pages;
using NsiPortal.Domain.Courses;
using NsiPortal.Features.Shared;
using NsiPortal.Rendering;

namespace NsiPortal.Features.Chapters;

/// <summary>A chapter as pupils will see it once its draft is released: the page itself, for its authors.</summary>
[Authorize(Roles = Authoring.Roles)]
[EnableRateLimiting(AccountsSetup.Writing)]
public sealed class PupilViewController(Authoring authoring, MarkdownRenderer renderer) : Controller
{
    [HttpGet("/prof/cours/{courseId:int}/chapitres/{chapterId:int}/eleve")]
    [LivePage]
    public async Task<IActionResult> Details(int courseId, int chapterId, CancellationToken cancellationToken)
    {
        var mine = authoring.ChaptersOf(User).Where(c => c.Id == chapterId && c.CourseId == courseId);
        if (await mine.Select(ChapterViewModel.Projection).AsSplitQuery().SingleOrDefaultAsync(cancellationToken) is not { } chapter) return NotFound();
        var draft = await mine.Where(c => c.Draft != null).Select(c => c.Draft!).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var siblings = await authoring.ChaptersOf(User).Where(c => c.CourseId == courseId && (c.Published || c.Id == chapterId)).OrderBy(c => c.Position).ThenBy(c => c.Id)
            .Select(c => new ChapterViewModel.Link(c.Slug, c.Title)).ToListAsync(cancellationToken);
        var rendered = draft is null ? null : renderer.Render(draft.Markdown);
        ViewData["Edited"] = $"/prof/cours/{courseId}/chapitres/{chapterId}";
        return View("Details", chapter with
        {
            Title = draft?.Title ?? chapter.Title,
            Summary = draft?.Summary ?? chapter.Summary,
            Html = RenderedPreview.Of(rendered?.Html ?? chapter.Html, courseId),
            TableOfContents = rendered?.TableOfContents ?? chapter.TableOfContents,
            ReadingMinutes = rendered?.ReadingMinutes ?? chapter.ReadingMinutes,
            Siblings = siblings,
        });
    }
}
