using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Outbox;
using NsiPortal.Domain.Auditing;

namespace NsiPortal.Data;

/// <summary>Forgets acts of administration that are older than they are kept.</summary>
sealed class AuditPruning(IDbContextFactory<PortalDbContext> contexts, TimeProvider time, ILogger<AuditPruning> log) : HourlyWork(time, log)
{
    protected override Task RunAsync(CancellationToken cancellationToken) => PruneAsync(cancellationToken);

    /// <returns>How many were forgotten.</returns>
    internal async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var until = Time.GetUtcNow() - AuditEntry.Kept;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // Most often there is nothing, and the one writer of SQLite is not asked.
        if (!await db.AuditEntries.AnyAsync(e => e.At < until, cancellationToken)) return 0;
        var forgotten = 0;
        // No page that is kept shows them.
        await db.InTransactionAsync(async () => forgotten = await BulkGuard.DeclaredAsync(() => db.AuditEntries.Where(e => e.At < until).ExecuteDeleteAsync(cancellationToken)), cancellationToken);
        return forgotten;
    }
}
