using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Data.Postgres;

sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options, OutboxLog outbox) : PortalDbContext(options, outbox)
{
    public override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    public override Task LockUserAsync(int userId, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"""SELECT 1 FROM "Users" WHERE "Id" = {userId} FOR NO KEY UPDATE""", cancellationToken);
}
