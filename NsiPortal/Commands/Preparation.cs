using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Commands.Seeding;
using NsiPortal.Data;
using NsiPortal.Data.Search;
using NsiPortal.Domain.Search;
using NsiPortal.Exchange;
using NsiPortal.Rendering;

namespace NsiPortal.Commands;

/// <summary>What stands between a build and its database: schema, key that protects cookies, official programme, HTML of the present renderer, demo content.</summary>
sealed class Preparation(DatabaseStart database, MarkdownRenderer renderer, CourseImporter importer, DemoContent demo, DemoPeople people, FirstAdministrator administrator, IDataProtectionProvider protection, ILogger<Preparation> log)
{
    /// <param name="withDemo">Loads the demo content when there is no course.</param>
    /// <param name="serving">The process is about to serve; see <see cref="DatabaseStart.RunAsync"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many demo courses were loaded, and what of them was left out.</returns>
    public async Task<(int Courses, IReadOnlyList<Problem> Problems)> RunAsync(bool withDemo, bool serving, CancellationToken cancellationToken)
    {
        var loaded = (Courses: 0, Problems: (IReadOnlyList<Problem>)[]);
        await database.RunAsync(async db =>
        {
            // The first key is made under the lock: replicas that start together would each make one that the others learn of only a day later.
            protection.CreateProtector(nameof(Preparation)).Protect([]);
            // Replicas of two versions would each bring it to what they know.
            if (!serving || database.MigratesWhenServing) await ProgrammeUpdate.RunAsync(db, cancellationToken);
            await RenderAgainAsync(db, cancellationToken);
            await IndexAgainAsync(db, cancellationToken);
            if (withDemo)
            {
                loaded = await demo.LoadAsync(db, cancellationToken);
                // Into a portal that was empty, not into one whose courses came otherwise.
                if (loaded.Courses > 0) await people.LoadAsync(db, cancellationToken);
            }

            await administrator.EnsureAsync(db, cancellationToken);
        }, serving, cancellationToken);
        if (loaded.Courses > 0) log.LogInformation("Loaded {Courses} demo course(s) into an empty database", loaded.Courses);
        return loaded;
    }

    // Chapters that came before there was an index, or that an older one knows. Others may write them meanwhile, and then they are known.
    async Task IndexAgainAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var stale = db.Chapters.Where(c => !db.SearchTexts.Any(t => t.ChapterId == c.Id && t.Version == SearchText.CurrentVersion));
        var ids = await stale.Select(c => c.Id).ToListAsync(cancellationToken);
        foreach (var some in ids.Chunk(50))
        {
            await db.InTransactionAsync(async () =>
            {
                var chapters = db.Chapters.Where(c => some.Contains(c.Id));
                await db.Courses.Where(c => c.Chapters.Any(chapter => some.Contains(chapter.Id))).LockAsync(cancellationToken);
                await chapters.LockAsync(cancellationToken);
                await SearchIndexing.RunAsync(db, chapters, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
            }, cancellationToken);
            db.ChangeTracker.Clear();
        }

        if (ids.Count > 0) log.LogInformation("Indexed {Chapters} chapter(s) for search, as version {Version} does", ids.Count, SearchText.CurrentVersion);
    }

    // Ordinary writes, so that they evict: a fix of the sanitiser reaches every chapter and every reader.
    async Task RenderAgainAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var ids = await db.Chapters.Where(c => c.RendererVersion < MarkdownRenderer.Version).Select(c => c.Id).ToListAsync(cancellationToken);
        // A save beside a serving process takes seconds to be heard: many chapters share one.
        foreach (var some in ids.Chunk(50))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var chapters = db.Chapters.Where(c => some.Contains(c.Id) && c.RendererVersion < MarkdownRenderer.Version);
            // In the order of an import, which has read chapters that it writes later.
            await db.Courses.Where(c => c.Chapters.Any(chapter => some.Contains(chapter.Id))).LockAsync(cancellationToken);
            await chapters.LockAsync(cancellationToken);
            foreach (var chapter in await chapters.Include(c => c.Exercises).ToListAsync(cancellationToken))
            {
                chapter.Show(renderer.Render(chapter.Markdown));
                importer.RenderExercises(chapter);
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            db.ChangeTracker.Clear();
        }

        if (ids.Count > 0) log.LogInformation("Rendered {Chapters} chapter(s) again with renderer {Version}", ids.Count, MarkdownRenderer.Version);
    }
}
