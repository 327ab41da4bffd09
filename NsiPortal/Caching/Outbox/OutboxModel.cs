using Microsoft.EntityFrameworkCore;

namespace NsiPortal.Caching.Outbox;

/// <summary>The tables of the outbox.</summary>
public static class OutboxModel
{
    public static void AddOutbox(this ModelBuilder model, OutboxSql sql)
    {
        model.Entity<CacheInvalidation>(row =>
        {
            row.ToTable(OutboxSql.Invalidations);
            row.Property(r => r.At).HasDefaultValueSql(sql.Now);
            row.Property(r => r.Key).HasMaxLength(32);
            row.HasIndex(r => r.At);
            row.HasIndex(r => r.Key);
            if (sql.TransactionId is null) return;
            row.Property<long>("TransactionId").HasDefaultValueSql(sql.TransactionId);
            row.HasIndex("TransactionId");
        });
        model.Entity<CacheReplica>(row =>
        {
            row.ToTable(OutboxSql.Replicas);
            row.Property(r => r.Id).HasMaxLength(32);
        });
    }
}
