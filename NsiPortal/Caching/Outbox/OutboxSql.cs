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

    const string SqliteNow = "(CAST(unixepoch('subsec') * 1000 AS INTEGER))";
    const string PostgresNow = "(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)";

    public static OutboxSql Sqlite { get; } = new(SqliteNow, TransactionId: null, () => new SerialReader(SqliteNow));

    public static OutboxSql Postgres { get; } = new(
        PostgresNow, TransactionId: "(pg_current_xact_id()::text::bigint)", () => new SnapshotReader(PostgresNow));

    /// <param name="connection">An open connection.</param>
    /// <param name="replica">The process.</param>
    /// <param name="store">Where it reads its tokens; empty while it reads none.</param>
    public virtual void Register(DbConnection connection, string replica, string store) => Execute(connection, $"""
        INSERT INTO "{Replicas}" ("Id", "RenewedAt", "Store") VALUES (@id, {Now}, @store)
        ON CONFLICT ("Id") DO UPDATE SET "RenewedAt" = excluded."RenewedAt", "Store" = excluded."Store"
        """, ("@id", replica), ("@store", store));

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

    /// <summary>The processes that are registered, or were two hours ago at most.</summary>
    internal async Task<IReadOnlyList<(string Id, string? Store, string? Report, TimeSpan Renewed)>> ReplicasAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, $"""SELECT "Id", "Store", "Report", {Now} - "RenewedAt" FROM "{Replicas}" ORDER BY "RenewedAt" DESC, "Id" """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var replicas = new List<(string, string?, string?, TimeSpan)>();
        while (await reader.ReadAsync(cancellationToken))
            replicas.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), TimeSpan.FromMilliseconds(Math.Max(0, reader.GetInt64(3)))));
        return replicas;
    }

    /// <summary>How many changes nobody has said yet that every process has heard of.</summary>
    internal async Task<int> WaitingAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, $"""SELECT count(*) FROM "{Invalidations}" WHERE "DoneIn" IS NULL""");
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>How old the renewal of a registration may be.</summary>
    internal static TimeSpan RegistrationLength => Expiry;

    /// <summary>Whether a process is registered that may read tokens elsewhere than in <paramref name="store"/>.</summary>
    public virtual Task<bool> HasOthersAsync(DbConnection connection, string store) => AskAsync(connection, $"SELECT {Others}", ("@store", store));

    // A process of an older build does not say where.
    string Others => $"""
        EXISTS (SELECT 1 FROM "{Replicas}" WHERE "RenewedAt" > {Now} - {Expiry.TotalMilliseconds:0} AND "Store" IS DISTINCT FROM @store AND "Store" IS DISTINCT FROM '')
        """;

    /// <summary>Marks rows as done in <paramref name="store"/>, if every registered process reads its tokens there.</summary>
    public virtual async Task MarkAsync(DbConnection connection, string store, IReadOnlyList<string> keys)
    {
        await using var command = WithKeys(connection, keys, list => $"""UPDATE "{Invalidations}" SET "DoneIn" = @store WHERE "Key" IN ({list}) AND "DoneIn" IS DISTINCT FROM @store AND NOT {Others}""", ("@store", store));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Whether all these rows are marked.</summary>
    public async Task<bool> AreDoneAsync(DbConnection connection, IReadOnlyList<string> keys)
    {
        await using var command = WithKeys(connection, keys, list => $"""SELECT count(*) FROM "{Invalidations}" WHERE "Key" IN ({list}) AND "DoneIn" IS NOT NULL""");
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) == keys.Count;
    }

    /// <summary>Those of the rows that are marked as done in <paramref name="store"/>.</summary>
    public IReadOnlyList<string> DoneIn(DbConnection connection, string store, IReadOnlyList<string> keys) =>
        Keys(WithKeys(connection, keys, list => $"""SELECT "Key" FROM "{Invalidations}" WHERE "Key" IN ({list}) AND "DoneIn" = @store""", ("@store", store)));

    /// <summary>
    /// The rows that are not marked as done in <paramref name="store"/>, as many of them as can be marked at a time. When there are none, nothing in
    /// the store can be older than what is committed.
    /// </summary>
    public IReadOnlyList<string> NotDoneIn(DbConnection connection, string store) =>
        Keys(Command(connection, $"""SELECT "Key" FROM "{Invalidations}" WHERE "DoneIn" IS DISTINCT FROM @store LIMIT {OutboxMarks.MaximumWaiting}""", ("@store", store)));

    static List<string> Keys(DbCommand query)
    {
        using var command = query;
        command.CommandTimeout = 1;
        using var reader = command.ExecuteReader();
        var keys = new List<string>();
        while (reader.Read()) keys.Add(reader.GetString(0));
        return keys;
    }

    public void Prune(DbConnection connection)
    {
        Execute(connection, $"""DELETE FROM "{Invalidations}" WHERE "At" < {Now} - {Kept.TotalMilliseconds:0}""");
        Execute(connection, $"""DELETE FROM "{Replicas}" WHERE "RenewedAt" < {Now} - {Kept.TotalMilliseconds:0}""");
    }

    static async Task<bool> AskAsync(DbConnection connection, string question, params (string Name, object Value)[] parameters)
    {
        await using var command = Command(connection, question, parameters);
        return Convert.ToBoolean(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    static DbCommand WithKeys(DbConnection connection, IReadOnlyList<string> keys, Func<string, string> sql, params ReadOnlySpan<(string Name, object Value)> parameters) =>
        Command(connection, sql(string.Join(", ", keys.Select((_, i) => $"@key{i}"))), [.. parameters, .. keys.Select((key, i) => ($"@key{i}", (object)key))]);

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
