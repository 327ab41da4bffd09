using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Accounts;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Features.Shared;
using NsiPortal.Rendering;

namespace NsiPortal.Features.Teach.Chapters;

/// <summary>What the page of the editor shows around a form.</summary>
static class EditorPage
{
    /// <param name="chapter">With its course and its draft.</param>
    public static async Task<EditorViewModel> OfAsync(PortalDbContext db, Authoring authoring, ClaimsPrincipal user, MarkdownRenderer renderer, Chapter chapter, EditorForm form, CancellationToken cancellationToken)
    {
        var released = await db.ChapterRevisions.Where(r => r.ChapterId == chapter.Id && r.Number == chapter.Revision)
            .Select(r => new ReleaseLine(r.Number, r.At, r.Author == null ? null : r.Author.Nickname, r.Note)).SingleOrDefaultAsync(cancellationToken);
        var courses = await authoring.CoursesOf(user).Where(c => c.Id != chapter.CourseId).OrderBy(c => c.Title).Select(c => new CourseChoice(c.Id, c.Title)).ToListAsync(cancellationToken);
        var draft = chapter.Draft is { } saved ? new DraftLine(saved.SavedAt, saved.Author?.Nickname, saved.BaseRevision) : null;
        var html = form.Markdown.Length > ChapterDraft.MaxMarkdownLength ? "" : RenderedPreview.Of(renderer.Render(form.Markdown).Html, chapter.CourseId);
        return new EditorViewModel(ChapterPlace.Of(chapter), chapter.Slug, chapter.Published, chapter.PublishAt, released, draft, form, html, courses)
        {
            Answers = await db.Attempts.CountAsync(a => a.Exercise.ChapterId == chapter.Id, cancellationToken),
        };
    }
}
