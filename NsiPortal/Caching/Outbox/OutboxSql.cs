using System.Data.Common;

namespace NsiPortal.Caching.Outbox;

/// <summary>The statements of the outbox, in one provider's dialect. They run on connections of their own, outside EF's contexts.</summary>
/// <param name="Now">The database's clock in milliseconds since 1970. Both tables know no other, so that the clocks of processes do not matter.</param>
/// <param name="TransactionId">The id of the transaction under way, for databases where several write at once; null where one writes at a time.</param>
/// <param name="Reader">Finds what is new, as the database's way of writing demands.</param>
/// <remarks>Not sealed so that the coherence tests can break it and see that they notice.</remarks>
public record OutboxSql(string Now, string? TransactionId, Func<OutboxReader> Reader)
{
    public const string Invalidations = "CacheInvalidation";
    public const string Replicas = "CacheReplica";

    /// <summary>A process whose row is older has died, or will not use its cache before it has registered again.</summary>
    static readonly TimeSpan Expiry = TimeSpan.FromMinutes(5);

    /// <summary>Rows are kept longer than any page, so that a process that was away for long still finds what it missed.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromHours(2);

    public static OutboxSql Sqlite { get; } = new("(CAST(unixepoch('subsec') * 1000 AS INTEGER))", TransactionId: null, () => new SerialReader());

    public static OutboxSql Postgres { get; } = new(
        "(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)", TransactionId: "(pg_current_xact_id()::text::bigint)", () => new SnapshotReader());

    public virtual void Register(DbConnection connection, string replica) => Execute(connection,
        $"""INSERT INTO "{Replicas}" ("Id", "RenewedAt") VALUES (@id, {Now}) ON CONFLICT ("Id") DO UPDATE SET "RenewedAt" = excluded."RenewedAt" """, ("@id", replica));

    public void Deregister(DbConnection connection, string replica) => Execute(connection, $"""DELETE FROM "{Replicas}" WHERE "Id" = @id""", ("@id", replica));

    /// <summary>Reads the outbox as little as can be.</summary>
    public void Touch(DbConnection connection) => Execute(connection, $"""SELECT "Id" FROM "{Invalidations}" LIMIT 1""");

    /// <summary>Keeps what the process tells of its cache.</summary>
    /// <returns>Whether it is registered.</returns>
    public async Task<bool> ReportAsync(DbConnection connection, string replica, string report, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, $"""UPDATE "{Replicas}" SET "Report" = @report WHERE "Id" = @id""", ("@report", report), ("@id", replica));
        // The next report comes in seconds: this one need not wait long for another writer.
        command.CommandTimeout = 1;
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>What the registered processes tell of their caches.</summary>
    public async Task<IReadOnlyList<string>> ReportsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Command(connection,
            $"""SELECT "Report" FROM "{Replicas}" WHERE "Report" IS NOT NULL AND "RenewedAt" > {Now} - {Expiry.TotalMilliseconds:0}""");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var reports = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) reports.Add(reader.GetString(0));
        return reports;
    }

    /// <summary>Whether a serving process other than <paramref name="replica"/> is registered.</summary>
    public virtual async Task<bool> HasOthersAsync(DbConnection connection, string replica)
    {
        await using var command = Command(connection,
            $"""SELECT EXISTS (SELECT 1 FROM "{Replicas}" WHERE "Id" <> @id AND "RenewedAt" > {Now} - {Expiry.TotalMilliseconds:0})""", ("@id", replica));
        return Convert.ToBoolean(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Prune(DbConnection connection)
    {
        Execute(connection, $"""DELETE FROM "{Invalidations}" WHERE "At" < {Now} - {Kept.TotalMilliseconds:0}""");
        Execute(connection, $"""DELETE FROM "{Replicas}" WHERE "RenewedAt" < {Now} - {Kept.TotalMilliseconds:0}""");
    }

    static void Execute(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        // Less than a licence lasts: the thread of the poll waits here while somebody else writes.
        command.CommandTimeout = 1;
        command.ExecuteNonQuery();
    }

    internal static DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
