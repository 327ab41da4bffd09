using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Data.Postgres;

sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options, OutboxLog outbox) : PortalDbContext(options, outbox)
{
    public override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
}
