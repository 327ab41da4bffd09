using System.Data.Common;

namespace NsiPortal.Caching.Outbox;

/// <summary>
/// Registers this process among those that serve, then polls the outbox and renews the licence, on a thread and a connection of its own: a
/// starved thread pool or an exhausted connection pool must cost misses, never freshness.
/// </summary>
sealed class OutboxPoll(OutboxLog outbox, Licence licence, TimeProvider time, ILogger<OutboxPoll> log) : IHostedService, IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan RenewalInterval = TimeSpan.FromMinutes(1);

    /// <summary>Others believe a registration for five minutes; one that was not renewed for four is not relied on any more.</summary>
    static readonly TimeSpan RenewalLimit = TimeSpan.FromMinutes(4);

    readonly ManualResetEventSlim stopping = new();
    Thread? thread;
    DbConnection? connection;
    long? renewed;
    bool started;

    /// <summary>The first poll comes before the first request, so that the portal does not start with misses.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Turn();
        thread = new Thread(Run) { IsBackground = true, Name = "outbox poll" };
        thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Stop();
        return Task.CompletedTask;
    }

    // A host that is disposed without having been stopped must not leave the thread behind.
    public void Dispose()
    {
        Stop();
        stopping.Dispose();
    }

    void Stop()
    {
        if (stopping.IsSet) return;
        stopping.Set();
        thread?.Join();
        licence.GiveUp();
        try
        {
            if (connection is not null) outbox.Sql.Deregister(connection, outbox.Replica);
        }
        catch (DbException)
        {
            // The registration expires by itself.
        }

        connection?.Dispose();
    }

    void Run()
    {
        while (!stopping.Wait(Interval)) Turn();
    }

    void Turn()
    {
        var began = time.GetTimestamp();
        try
        {
            connection ??= Open();
            Register(began);
            outbox.Apply(connection);
            if (renewed is { } at && time.GetElapsedTime(at) < RenewalLimit) licence.Renew(began);
            else licence.GiveUp();
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException or IOException)
        {
            if (licence.Held) log.LogWarning(fault, "The outbox cannot be read; pages are made without the cache until it can");
            licence.NoteSilence();
            connection?.Dispose();
            connection = null;
        }
    }

    DbConnection Open()
    {
        var opened = outbox.Connect();
        opened.Open();
        return opened;
    }

    /// <summary>Committed before the first poll: a writer that does not see the row committed before it, and is seen by every read that follows.</summary>
    void Register(long now)
    {
        if (renewed is { } at && time.GetElapsedTime(at, now) < RenewalInterval) return;
        try
        {
            outbox.Sql.Register(connection!, outbox.Replica);
            if (!started) outbox.StartAbove(outbox.Sql.LastId(connection!));
            (started, renewed) = (true, now);
            outbox.Sql.Prune(connection!);
        }
        catch (DbException fault) when (started)
        {
            // A long write may hold SQLite; there are minutes left to try again.
            log.LogDebug(fault, "The registration could not be renewed");
        }
    }
}
