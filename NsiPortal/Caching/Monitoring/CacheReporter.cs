using System.Text.Json;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Caching.Monitoring;

/// <summary>
/// Tells what the cache of this process does, in its row of the registered processes, whenever that has changed. On a connection of its own: it
/// may wait for the database or fail without the poll of the outbox noticing.
/// </summary>
sealed class CacheReporter(CacheCounters counters, KeptPages kept, OutboxLog outbox, TimeProvider time, ILogger<CacheReporter> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    string? told;

    /// <summary>The first report comes before the first request: whoever serves can be seen.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReportAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken);
            await ReportAsync(stoppingToken);
        }
    }

    async Task ReportAsync(CancellationToken cancellationToken)
    {
        try
        {
            var report = JsonSerializer.Serialize(counters.Report(await kept.CurrentAsync(cancellationToken)));
            if (report == told) return;
            await using var connection = outbox.Connect();
            await connection.OpenAsync(cancellationToken);
            // A registration that expired is made anew by the poll, without a report.
            told = await outbox.Sql.ReportAsync(connection, outbox.Replica, report, cancellationToken) ? report : null;
        }
        // Whatever it is, nothing that serves depends on it.
        catch (Exception fault)
        {
            log.LogDebug(fault, "The cache could not be reported on; it is tried again in {Interval}", Interval);
        }
    }
}
