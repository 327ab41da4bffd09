using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data.Search;
using NsiPortal.Domain.Search;

namespace NsiPortal.Data.Sqlite;

sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options, WriteGate gate, OutboxLog outbox) : PortalDbContext(options, outbox)
{
    // SQLite has no type for instants and compares text: UTC ticks order correctly.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        // Those that stand in statements of our own.
        configurationBuilder.DefaultTypeMapping<DateTimeOffset>().HasConversion<UtcTicks>();
    }

    // SQLite always reads one moment. This level is its provider's word for a transaction that does not begin by taking the lock of the one writer.
    public override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(IsolationLevel.ReadUncommitted, cancellationToken);

    // Words are letters and digits, and stand in quotes all the same: nothing in them is syntax. The weights are those of the columns of the index.
    public override IQueryable<SearchHit> Matching(SearchQuery query)
    {
        var match = string.Join(" AND ", query.Terms.Select(term => $"(\"{term.Word}\"{(term.Unfinished ? "*" : "")} OR \"{term.Stem}\")"));
        return Database.SqlQuery<SearchHit>($"SELECT rowid AS \"ChapterId\", rank AS \"Rank\" FROM \"SearchIndex\" WHERE \"SearchIndex\" MATCH {match} AND rank MATCH 'bm25(10.0, 4.0, 2.0, 1.0)'");
    }

    // Its transaction holds the lock of the one writer from its beginning.
    public override Task LockUserAsync(int userId, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task<int> WriteAsync(Func<Task<int>> save, CancellationToken cancellationToken)
    {
        // Inside an explicit transaction SQLite's own lock, which it may hold already, does what the gate does.
        if (Database.CurrentTransaction is not null) return await save();
        using (await gate.EnterAsync(cancellationToken)) return await save();
    }

    sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
