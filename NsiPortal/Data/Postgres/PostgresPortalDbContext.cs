using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NpgsqlTypes;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data.Search;
using NsiPortal.Domain.People;
using NsiPortal.Domain.Search;

namespace NsiPortal.Data.Postgres;

sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options, OutboxLog outbox) : PortalDbContext(options, outbox)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // Its order is that of bytes, as on SQLite: a beginning is a range.
        modelBuilder.Entity<User>().Property(u => u.NicknameKey).UseCollation("C");
        // The words come stemmed: what is called simple leaves them as they are.
        modelBuilder.Entity<SearchText>(text =>
        {
            text.Property<NpgsqlTsVector>("Vector").HasComputedColumnSql("""
                setweight(to_tsvector('simple'::regconfig, "TitleWords"), 'A') || setweight(to_tsvector('simple'::regconfig, "HeadingWords"), 'B') || setweight(to_tsvector('simple'::regconfig, "CourseWords"), 'C') || setweight(to_tsvector('simple'::regconfig, "TextWords"), 'D')
                """, stored: true).IsRequired();
            text.HasIndex("Vector").HasMethod("GIN");
        });
    }

    // Words are letters and digits, and stand in quotes all the same: nothing in them is syntax. The weights are those of D, C, B and A.
    public override IQueryable<SearchHit> Matching(SearchQuery query)
    {
        var match = string.Join(" & ", query.Terms.Select(term => $"('{term.Word}'{(term.Unfinished ? ":*" : "")} | '{term.Stem}')"));
        return Database.SqlQuery<SearchHit>($"""
            SELECT "ChapterId", -ts_rank(ARRAY[0.1, 0.2, 0.4, 1.0]::real[], "Vector", q, 1)::double precision AS "Rank"
            FROM "SearchTexts", to_tsquery('simple', {match}) AS q WHERE "Vector" @@ q
            """);
    }

    public override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    public override Task LockUserAsync(int userId, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"""SELECT 1 FROM "Users" WHERE "Id" = {userId} FOR NO KEY UPDATE""", cancellationToken);
}
