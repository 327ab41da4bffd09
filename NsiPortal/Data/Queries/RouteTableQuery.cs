using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Routes;

namespace NsiPortal.Data.Queries;

/// <summary>Reads the slugs of courses and chapters, drafts included.</summary>
static class RouteTableQuery
{
    /// <summary>All of them, and the addresses that were left.</summary>
    public static async Task<RouteTable> LoadAsync(IDbContextFactory<PortalDbContext> contexts, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // Each statement has its own snapshot. A change between two of them draws a new token, and the table is read again.
        var courses = await db.Courses.Select(c => new CourseRoute(c.Id, c.Slug)).ToListAsync(cancellationToken);
        var chapters = await db.Chapters.Select(c => new ChapterRoute(c.Id, c.CourseId, c.Slug)).ToListAsync(cancellationToken);
        var old = await db.OldSlugs.Select(o => new OldRoute(o.Id, o.Slug, o.CourseId, o.ChapterId)).ToListAsync(cancellationToken);
        var identity = await db.Identity.Select(i => i.Value).SingleAsync(cancellationToken);
        return new RouteTable(identity, courses, chapters, old);
    }

    /// <summary>What these stand for, by one statement; null when nobody has them now. Somebody may have had them.</summary>
    public static async Task<RouteTarget?> FindAsync(IDbContextFactory<PortalDbContext> contexts, string courseSlug, string? chapterSlug)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return chapterSlug is null
            ? await db.Courses.Where(c => c.Slug == courseSlug).Select(c => RouteTarget.Found(new CourseRoute(c.Id, c.Slug), null)).SingleOrDefaultAsync()
            : await db.Chapters.Where(c => c.Slug == chapterSlug && c.Course.Slug == courseSlug)
                .Select(c => RouteTarget.Found(new CourseRoute(c.CourseId, c.Course.Slug), new ChapterRoute(c.Id, c.CourseId, c.Slug))).SingleOrDefaultAsync();
    }
}
