using System.Text.Json;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Caching.Monitoring;

/// <summary>What every serving process tells of its cache, seconds old at most.</summary>
public sealed class CacheReports(OutboxLog outbox, Licence licence)
{
    /// <returns>One report for each process that serves, in the order of their names. One that has yet to tell anything has none.</returns>
    public async Task<IReadOnlyList<CacheReport>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = outbox.Connect();
        await connection.OpenAsync(cancellationToken);
        var reports = await outbox.Sql.ReportsAsync(connection, cancellationToken);
        return [.. reports.Select(report => JsonSerializer.Deserialize<CacheReport>(report)!).OrderBy(report => report.Host, StringComparer.Ordinal).ThenBy(report => report.ProcessId).ThenBy(report => report.Since)];
    }

    /// <summary>Every process that is registered, or was a while ago: whether it may serve from its cache, and what it tells.</summary>
    public async Task<IReadOnlyList<ReplicaReport>> ReplicasAsync(CancellationToken cancellationToken)
    {
        await using var connection = outbox.Connect();
        await connection.OpenAsync(cancellationToken);
        return [.. (await outbox.Sql.ReplicasAsync(connection, cancellationToken)).Select(replica => new ReplicaReport(
            replica.Report is null ? null : JsonSerializer.Deserialize<CacheReport>(replica.Report), replica.Store, replica.Renewed,
            replica.Renewed >= OutboxSql.RegistrationLength ? ReplicaState.Gone : replica.Id != outbox.Replica ? ReplicaState.Registered : licence.Held ? ReplicaState.Licensed : ReplicaState.Unlicensed))];
    }

    /// <summary>How many changes nobody has said yet that every process has heard of; without Redis nobody says it.</summary>
    public async Task<int> WaitingAsync(CancellationToken cancellationToken)
    {
        await using var connection = outbox.Connect();
        await connection.OpenAsync(cancellationToken);
        return await outbox.Sql.WaitingAsync(connection, cancellationToken);
    }
}
