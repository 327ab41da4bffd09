using System.Data;
using System.Data.Common;

namespace NsiPortal.Caching.Outbox;

/// <summary>
/// Registers this process among those that serve, then polls the outbox and renews the licence, on a thread and a connection of its own: a
/// starved thread pool or an exhausted connection pool must cost misses, never freshness.
/// </summary>
sealed class OutboxPoll(Func<DbConnection> connections, OutboxLog outbox, Licence licence, TimeProvider time, ILogger<OutboxPoll> log) : IHostedService, IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan RenewalInterval = TimeSpan.FromMinutes(1);

    /// <summary>Others believe a registration for five minutes; one that was not renewed for four is not relied on any more.</summary>
    static readonly TimeSpan RenewalLimit = TimeSpan.FromMinutes(4);

    static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);

    /// <summary>Rows are kept for two hours. A process that was away for half of that forgets what it knew instead of looking for them.</summary>
    static readonly TimeSpan LongestAbsence = TimeSpan.FromHours(1);

    readonly ManualResetEventSlim stopping = new();
    Thread? thread;
    DbConnection? connection;
    long renewed;
    long renewalTried;
    long applied;
    bool failing;

    /// <summary>The first poll comes before the first request, so that the portal does not start with misses.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        applied = time.GetTimestamp();
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

    /// <summary>One poll, with what is due beside it. Only the poll's thread and a benchmark call it.</summary>
    internal void Turn()
    {
        var began = time.GetTimestamp();
        try
        {
            if (connection is null) Begin(began);
            else if (time.GetElapsedTime(renewed, began) >= RenewalLimit) Register(began);
            if (time.GetElapsedTime(applied, began) > LongestAbsence) outbox.ForgetEverything();
            if (outbox.Apply(connection!)) licence.Renew(began, outbox.Grace);
            applied = began;
            failing = false;
            RenewRegistration(began);
        }
        // Whatever it is: a poll that ended would take the licence with it for good.
        catch (Exception fault)
        {
            log.Log(failing ? LogLevel.Debug : LogLevel.Warning, fault, "The outbox cannot be read; pages are made without the cache until it can");
            failing = true;
            // One that takes no writes at the moment, and so no registration, is not silent: pages are made from it.
            if (!CanBeRead()) licence.NoteSilence();
            connection?.Dispose();
            connection = null;
        }
    }

    /// <summary>
    /// A connection ends with its server. The one that answers now may have come back without its last transactions, and count their ids anew: what was
    /// read before says nothing about what it holds.
    /// </summary>
    void Begin(long now)
    {
        connection = connections();
        connection.Open();
        outbox.Start(connection);
        renewed = renewalTried = now;
    }

    void Register(long now)
    {
        outbox.Register(connection!);
        renewed = renewalTried = now;
    }

    /// <summary>After the poll, so that a long write of somebody else's, for which this waits, costs no licence.</summary>
    void RenewRegistration(long now)
    {
        if (time.GetElapsedTime(renewed, now) < RenewalInterval || time.GetElapsedTime(renewalTried, now) < RetryInterval) return;
        renewalTried = now;
        try
        {
            Register(now);
            outbox.Sql.Prune(connection!);
        }
        catch (DbException fault)
        {
            log.LogDebug(fault, "The registration could not be renewed; there are minutes left to try again");
        }
    }

    bool CanBeRead()
    {
        try
        {
            if (connection is not { State: ConnectionState.Open }) return false;
            outbox.Sql.Touch(connection);
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }
}
