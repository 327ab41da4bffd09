using System.Collections.Concurrent;
using System.Data.Common;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching.Outbox;

/// <summary>
/// Marks rows as done in the store that all processes share, so that nobody overwrites their tokens a second time, a writer that could not is told,
/// and a process that starts finds the store as it should be. In batches, off the path of those who save; a mark that comes late costs misses only.
/// </summary>
/// <param name="connections">Makes a closed connection.</param>
/// <param name="sql">The dialect of the database.</param>
/// <param name="tokens">Where tokens are: what one process keeps in its memory is marked for nobody.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of failures.</param>
public sealed class OutboxMarks(Func<DbConnection> connections, OutboxSql sql, TagTokens tokens, TimeProvider time, ILogger<OutboxMarks> log) : BackgroundService
{
    const int MaximumBatch = 500;

    /// <summary>Above this many, marks are not made.</summary>
    internal const int MaximumWaiting = 20_000;

    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    readonly ConcurrentQueue<(string Store, string Key)> waiting = new();

    internal void Add(string store, IReadOnlyCollection<string> keys)
    {
        if (!tokens.AreShared || waiting.Count > MaximumWaiting) return;
        foreach (var key in keys) waiting.Enqueue((store, key));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!tokens.AreShared) return;
        var pause = Interval;
        while (!stoppingToken.IsCancellationRequested)
        {
            // What waits at the end is marked still.
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = Interval;
            while (!waiting.IsEmpty && pause == Interval)
                if (!await MarkAsync()) pause = RetryInterval;
        }
    }

    /// <returns>Whether it could.</returns>
    async Task<bool> MarkAsync()
    {
        var batch = new List<(string Store, string Key)>();
        while (batch.Count < MaximumBatch && waiting.TryDequeue(out var mark)) batch.Add(mark);
        try
        {
            await using var connection = connections();
            await connection.OpenAsync();
            foreach (var store in batch.GroupBy(mark => mark.Store, mark => mark.Key)) await sql.MarkAsync(connection, store.Key, [.. store]);
            return true;
        }
        catch (Exception fault)
        {
            log.LogDebug(fault, "Rows of the outbox could not be marked; there is another try");
            foreach (var mark in batch) waiting.Enqueue(mark);
            return false;
        }
    }
}
