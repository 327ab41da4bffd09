using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Monitoring;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching.Outbox;

/// <summary>What this process knows of the outbox: who it is, which rows it has dealt with, and whether others must hear of a change before it is acknowledged.</summary>
public sealed class OutboxLog(Func<DbConnection> connections, OutboxSql sql, TagTokens tokens, CacheCounters counters, TimeProvider time, ILogger<OutboxLog> log)
{
    /// <summary>How long a writer lets the others hear of its change: until each has polled after the commit, or lost its licence.</summary>
    static readonly TimeSpan Hearing = Licence.Length + TimeSpan.FromMilliseconds(250);

    /// <summary>A row that was rolled back is never met; forgetting one that comes later costs misses only.</summary>
    static readonly TimeSpan OwnKept = TimeSpan.FromSeconds(30);

    // Rows whose tokens this process overwrote as their writer and which its poll has yet to meet, with the time they were noted. By their random
    // keys: the database gives the id of a row that was rolled back to another one.
    readonly ConcurrentDictionary<string, long> own = new();

    // Contexts whose last save changed something that other processes may serve.
    readonly ConditionalWeakTable<DbContext, object> unheard = [];

    readonly OutboxReader reader = sql.Reader();

    internal string Replica { get; } = Guid.NewGuid().ToString("n");

    internal DbConnection Connect() => connections();

    internal OutboxSql Sql => sql;

    /// <summary>Overwrites the tokens of a committed change made here.</summary>
    /// <param name="tags">All its tags.</param>
    /// <param name="rows">The rows that carry them.</param>
    internal async ValueTask PublishAsync(IReadOnlyCollection<string> tags, IEnumerable<CacheInvalidation> rows)
    {
        await OverwriteAsync(tags);
        counters.AddMade();
        foreach (var row in rows) own[row.Key] = time.GetTimestamp();
    }

    /// <summary>Notes that the context's save has yet to be heard by others; <see cref="HeardAsync(DbContext)"/> sees to it once the save holds no lock any more.</summary>
    internal void NoteUnheard(DbContext context) => unheard.AddOrUpdate(context, context);

    /// <summary>Returns when no process can serve a page from before what the context saved.</summary>
    public Task HeardAsync(DbContext context) => unheard.Remove(context) ? HeardByAllAsync(context) : Task.CompletedTask;

    /// <summary>Returns when no other process can serve a page from before the context's change: at once when there is none. Never throws, never gives up early.</summary>
    internal async Task HeardByAllAsync(DbContext context)
    {
        try
        {
            // The context's own connection: one that holds a connection and waits for another can wait for those who do the same.
            await context.Database.OpenConnectionAsync();
            try
            {
                if (!await sql.HasOthersAsync(context.Database.GetDbConnection(), Replica)) return;
            }
            finally
            {
                await context.Database.CloseConnectionAsync();
            }
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "Could not learn which processes serve pages; the change waits as if there were some");
        }

        await Task.Delay(Hearing, time);
    }

    /// <summary>Begins anew: whatever is committed by now is what is read from now on, and no page from before is shown.</summary>
    internal void Start(DbConnection connection)
    {
        reader.Start(connection);
        ForgetEverything();
    }

    internal void ForgetEverything() => tokens.Clear();

    /// <summary>Reads the rows that this process has not seen and overwrites their tokens.</summary>
    internal void Apply(DbConnection connection)
    {
        foreach (var (key, noted) in own)
            if (time.GetElapsedTime(noted) > OwnKept) own.TryRemove(key, out _);

        if (reader.Read(connection) is { } rows)
        {
            var unseen = rows.Where(row => !own.TryRemove(row.Key, out _)).ToList();
            OverwriteAsync(unseen.SelectMany(row => CacheInvalidation.Split(row.Tags)).ToHashSet()).AsTask().GetAwaiter().GetResult();
            counters.AddReceived(unseen.Count);
        }
        else
        {
            ForgetEverything();
        }

        reader.Advance();
    }

    ValueTask OverwriteAsync(IReadOnlyCollection<string> tags)
    {
        if (!tags.Contains(Tags.Everything)) return tokens.InvalidateAsync(tags);
        tokens.Clear();
        return ValueTask.CompletedTask;
    }
}
