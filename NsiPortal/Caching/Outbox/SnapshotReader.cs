using System.Data.Common;

namespace NsiPortal.Caching.Outbox;

/// <summary>
/// For PostgreSQL, where a row may become visible after others that have a higher id. Transactions below a snapshot's <c>xmin</c> were over
/// when it was taken; so whatever was not visible then belongs to a transaction at or above it, and is found there by the next poll.
/// </summary>
/// <param name="clock">The database's clock.</param>
sealed class SnapshotReader(string clock) : OutboxReader
{
    // Rows at or above the horizon that have been dealt with, by key, with their transactions.
    readonly Dictionary<string, long> seen = [];
    IReadOnlyList<OutboxRow> read = [];
    long horizon;
    long next;

    public override void Start(DbConnection connection)
    {
        using var command = OutboxSql.Command(connection, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
        horizon = (long)command.ExecuteScalar()!;
        seen.Clear();
    }

    public override IReadOnlyList<OutboxRow>? Read(DbConnection connection)
    {
        // One statement, hence one snapshot for the rows and for the horizon of the next poll. The order, the limit and the upper bound, which no
        // transaction reaches, keep it on the index: of a range with two ends, PostgreSQL expects few rows even before it has statistics.
        using var command = OutboxSql.Command(connection, $"""
            SELECT now.horizon, row."TransactionId", row."Key", row."Tags", row."DoneIn", row."Age"
            FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon) AS now
            LEFT JOIN LATERAL (
                SELECT "TransactionId", {OutboxRow.Columns(clock)} FROM "{OutboxSql.Invalidations}"
                WHERE "TransactionId" BETWEEN @horizon AND {long.MaxValue} ORDER BY "TransactionId" LIMIT {MaximumRows}
            ) AS row ON true
            """, ("@horizon", horizon));
        using var reader = command.ExecuteReader();
        var rows = new List<OutboxRow>();
        while (reader.Read())
        {
            next = reader.GetInt64(0);
            if (!reader.IsDBNull(1)) rows.Add(OutboxRow.Of(reader, reader.GetInt64(1), column: 2));
        }

        if (rows.Count == MaximumRows)
        {
            read = [];
            return null;
        }

        read = rows.FindAll(row => !seen.ContainsKey(row.Key));
        return read;
    }

    public override void Advance()
    {
        horizon = next;
        foreach (var row in read) seen[row.Key] = row.Order;
        foreach (var (key, transaction) in seen)
            if (transaction < horizon) seen.Remove(key);
    }
}
