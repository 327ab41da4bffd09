using System.Text.Json;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Caching.Monitoring;

/// <summary>What every serving process tells of its cache, seconds old at most.</summary>
public sealed class CacheReports(OutboxLog outbox)
{
    /// <returns>One report for each process that serves, in the order of their names. One that has yet to tell anything has none.</returns>
    public async Task<IReadOnlyList<CacheReport>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = outbox.Connect();
        await connection.OpenAsync(cancellationToken);
        var reports = await outbox.Sql.ReportsAsync(connection, cancellationToken);
        return [.. reports.Select(report => JsonSerializer.Deserialize<CacheReport>(report)!).OrderBy(report => report.Host, StringComparer.Ordinal).ThenBy(report => report.ProcessId).ThenBy(report => report.Since)];
    }
}
