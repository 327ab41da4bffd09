using Microsoft.EntityFrameworkCore;

namespace NsiPortal.Data;

/// <summary>
/// Publishes courses and chapters whose time has come, in every serving process; whichever comes first does it, and the others find nothing left to do. The
/// write is an ordinary save, so that it evicts like any other.
/// </summary>
sealed class ScheduledPublication(IDbContextFactory<PortalDbContext> contexts, TimeProvider time, ILogger<ScheduledPublication> log) : BackgroundService
{
    /// <summary>Teachers schedule by the minute: nobody notices five seconds, and one indexed query in five costs nothing.</summary>
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PublishDueAsync(stoppingToken);
                failing = false;
            }
            // Whatever it is, the portal goes on serving, and what is due stays due.
            catch (Exception fault)
            {
                if (!failing && !stoppingToken.IsCancellationRequested)
                    log.LogError(fault, "Scheduled courses could not be published; it is tried again every {Interval}", Interval);
                failing = true;
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    /// <summary>Publishes what is due now.</summary>
    internal async Task PublishDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await db.Courses.Where(c => c.PublishAt <= now).Select(c => c.Id).ToListAsync(cancellationToken);
        var chapterIds = await db.Chapters.Where(c => c.PublishAt <= now).Select(c => c.Id).ToListAsync(cancellationToken);
        if (ids.Count + chapterIds.Count == 0) return;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var courses = db.Courses.Where(c => ids.Contains(c.Id) || c.Chapters.Any(chapter => chapterIds.Contains(chapter.Id)));
        var chapters = db.Chapters.Where(c => chapterIds.Contains(c.Id));
        // Who else publishes, schedules or unschedules one has done so before, and is read below, or waits for this transaction; one that dies
        // before its commit leaves them as due as they were. Courses before chapters, as everybody locks them.
        await courses.LockAsync(cancellationToken);
        if (chapterIds.Count > 0) await chapters.LockAsync(cancellationToken);
        var published = (await courses.ToListAsync(cancellationToken)).FindAll(course => course.PublishIfDue(now));
        var publishedChapters = (await chapters.ToListAsync(cancellationToken)).FindAll(chapter => chapter.PublishIfDue(now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        foreach (var course in published) log.LogInformation("Published {Course}, as scheduled", course.Slug);
        foreach (var chapter in publishedChapters) log.LogInformation("Published chapter {Chapter}, as scheduled", chapter.Slug);
    }
}
