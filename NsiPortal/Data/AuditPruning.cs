using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Outbox;
using NsiPortal.Domain.Auditing;

namespace NsiPortal.Data;

/// <summary>Forgets acts of administration that are older than they are kept, in every serving process; whichever comes first does it.</summary>
sealed class AuditPruning(IDbContextFactory<PortalDbContext> contexts, TimeProvider time, ILogger<AuditPruning> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PruneAsync(stoppingToken);
            }
            // Whatever it is, the portal goes on serving, and the next hour tries again.
            catch (Exception fault)
            {
                if (!stoppingToken.IsCancellationRequested) log.LogWarning(fault, "Old acts of administration could not be forgotten; it is tried again in {Interval}", Interval);
            }

            // A host that could not start takes a cancelled worker for a broken one.
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>How many were forgotten.</returns>
    internal async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() - AuditEntry.Kept;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // Most often there is nothing, and the one writer of SQLite is not asked.
        if (!await db.AuditEntries.AnyAsync(e => e.At < until, cancellationToken)) return 0;
        var forgotten = 0;
        // No page that is kept shows them.
        await db.InTransactionAsync(async () => forgotten = await BulkGuard.DeclaredAsync(() => db.AuditEntries.Where(e => e.At < until).ExecuteDeleteAsync(cancellationToken)), cancellationToken);
        return forgotten;
    }
}
