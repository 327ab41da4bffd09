using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Data;

/// <summary>Empties the bin of what has been there for <see cref="Bin.Days"/> days.</summary>
sealed class BinSweep(IDbContextFactory<PortalDbContext> contexts, TimeProvider time, ILogger<BinSweep> log) : HourlyWork(time, log)
{
    protected override Task RunAsync(CancellationToken cancellationToken) => SweepAsync(cancellationToken);

    /// <summary>Deletes for good what was deleted long enough ago.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = Time.GetUtcNow().AddDays(-Bin.Days);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Courses.AnyAsync(c => c.DeletedAt <= before, cancellationToken) && !await db.Chapters.AnyAsync(c => c.DeletedAt <= before, cancellationToken)) return;

        await db.InTransactionAsync(async () =>
        {
            // Who restores one has done so before, and is read below, or waits for this transaction and finds nothing.
            await db.Courses.Where(c => c.DeletedAt <= before || c.Chapters.Any(chapter => chapter.DeletedAt <= before)).LockAsync(cancellationToken);
            // With their exercises, on which the pages of pupils depend.
            var courses = await db.Courses.Where(c => c.DeletedAt <= before).Include(c => c.Chapters).ThenInclude(c => c.Exercises).ToListAsync(cancellationToken);
            var chapters = await db.Chapters.Where(c => c.DeletedAt <= before && !(c.Course.DeletedAt <= before)).Include(c => c.Exercises).ToListAsync(cancellationToken);
            db.RemoveRange(courses);
            db.RemoveRange(chapters);
            await db.SaveChangesAsync(cancellationToken);
            foreach (var course in courses) log.LogInformation("Deleted course {Course} for good", course.Slug);
            foreach (var chapter in chapters) log.LogInformation("Deleted chapter {Chapter} for good", chapter.Slug);
        }, cancellationToken);
    }
}
