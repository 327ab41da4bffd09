using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Tokens;
using NsiPortal.Support;

namespace NsiPortal.Bench;

/// <summary>An outbox, the portal's poll of it, whose commands are kept and whose clock moves when it is told, and another process that writes.</summary>
sealed class PolledOutbox : IAsyncDisposable
{
    /// <summary>A tag of every row that is written.</summary>
    const string Tag = "chapter:1";

    readonly ManualTime time = new();
    readonly BenchDatabase database;
    readonly DbConnection writer;
    readonly TracedConnection connection;
    readonly TagTokens tokens;
    readonly OutboxPoll poll;
    int opened;

    PolledOutbox(BenchDatabase database, DbConnection writer, IServiceProvider portal)
    {
        (this.database, this.writer) = (database, writer);
        var outbox = portal.GetRequiredService<OutboxLog>();
        tokens = portal.GetRequiredService<TagTokens>();
        connection = new TracedConnection(outbox.Connect());
        poll = new OutboxPoll(Open, outbox, new Licence(time), time, NullLogger<OutboxPoll>.Instance);
    }

    /// <summary>The database and what it holds; PostgreSQL is kept from looking at it until <see cref="AnalyseAsync"/>.</summary>
    public static async Task<PolledOutbox> FillAsync(BenchDatabase database, int rows)
    {
        var portal = await database.PrepareAsync();
        var other = await database.ConnectAsync();
        await other.ExecuteAsync(database.IsPostgres
            ? $"""SET synchronous_commit = off; ALTER TABLE "{OutboxSql.Invalidations}" SET (autovacuum_enabled = false)"""
            : "PRAGMA synchronous = OFF");
        var polled = new PolledOutbox(database, other, portal.Services);
        await polled.WriteAsync(rows);
        return polled;
    }

    public string Kind => database.IsPostgres ? $"PostgreSQL {writer.ServerVersion}" : $"SQLite {writer.ServerVersion}";

    /// <summary>Adds rows, on PostgreSQL each in a transaction of its own, as changes do.</summary>
    public Task WriteAsync(int rows) => writer.ExecuteAsync(database.IsPostgres
        ? $"""
           DO $$ BEGIN
             FOR i IN 1..{rows} LOOP
               INSERT INTO "{OutboxSql.Invalidations}" ("Key", "Tags") VALUES (replace(gen_random_uuid()::text, '-', ''), '{Tag}' || chr(10) || 'course:' || i);
               COMMIT;
             END LOOP;
           END $$
           """
        : $"""
           WITH RECURSIVE n(i) AS (SELECT 1 WHERE {rows} > 0 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
           INSERT INTO "{OutboxSql.Invalidations}" ("Key", "Tags") SELECT lower(hex(randomblob(16))), '{Tag}' || char(10) || 'course:' || i FROM n
           """);

    public Task AnalyseAsync() => writer.ExecuteAsync($"""ANALYZE "{OutboxSql.Invalidations}" """);

    /// <summary>Another program's transaction, until it is disposed: on PostgreSQL one that writes, on SQLite, where it would keep others from writing, one that reads.</summary>
    public async Task<DbConnection> BeginLongTransactionAsync()
    {
        var other = await database.ConnectAsync();
        await other.ExecuteAsync("BEGIN");
        await other.ReadAsync(database.IsPostgres ? "SELECT pg_current_xact_id()" : "SELECT count(*) FROM sqlite_master");
        return other;
    }

    /// <summary>A turn of the poll.</summary>
    /// <param name="after">How long after the one before; nothing depends on it below the minute after which registrations are renewed.</param>
    /// <returns>Its time in milliseconds, the commands that it executed, and whether it learnt of a change.</returns>
    public async Task<(double Milliseconds, IReadOnlyList<DbCommand> Commands, bool Learnt)> TurnAsync(TimeSpan after = default)
    {
        var before = await TokenAsync();
        connection.Executed.Clear();
        time.Advance(after);
        var start = Stopwatch.GetTimestamp();
        poll.Turn();
        var taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        // A turn that failed gives its connection up.
        if (opened != 1 || connection.State != System.Data.ConnectionState.Open) throw new InvalidOperationException("The poll failed.");
        return (taken, [.. connection.Executed], before != await TokenAsync());
    }

    /// <summary>The plan of a command that the poll executed, and whether it reads nothing but a range of an index.</summary>
    public async Task<(IReadOnlyList<string> Plan, bool Indexed)> ExplainAsync(DbCommand executed)
    {
        await using var explain = connection.CreateCommand();
        explain.CommandText = (database.IsPostgres ? "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) " : "EXPLAIN QUERY PLAN ") + executed.CommandText;
        foreach (DbParameter parameter in executed.Parameters)
        {
            var copy = explain.CreateParameter();
            (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
            explain.Parameters.Add(copy);
        }

        var plan = await explain.ReadAsync(column: database.IsPostgres ? 0 : 3);
        var text = string.Join('\n', plan);
        var indexed = database.IsPostgres
            ? text.Contains("IX_CacheInvalidation_TransactionId", StringComparison.Ordinal) && text.Contains("Index Cond: ((\"TransactionId\" >=", StringComparison.Ordinal)
                && !text.Contains("Seq Scan", StringComparison.Ordinal)
            : text.Contains("SEARCH CacheInvalidation USING INTEGER PRIMARY KEY (rowid>?)", StringComparison.Ordinal) && !text.Contains("SCAN", StringComparison.Ordinal);
        return (plan, indexed);
    }

    public async ValueTask DisposeAsync()
    {
        poll.Dispose();
        await writer.DisposeAsync();
        await database.DisposeAsync();
    }

    TracedConnection Open()
    {
        opened++;
        return connection;
    }

    async Task<(Guid, Guid)> TokenAsync()
    {
        var reading = await tokens.ReadAsync([Tag], CancellationToken.None);
        return (reading!.Epoch, reading.Tokens[0]);
    }
}
