using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Monitoring;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching.Outbox;

/// <summary>What this process knows of the outbox: who it is, which rows it has dealt with, and whether others must hear of a change before it is acknowledged.</summary>
public sealed class OutboxLog(
    Func<DbConnection> connections, OutboxSql sql, TagTokens tokens, OutboxMarks marks, CacheCounters counters, TimeProvider time, ILogger<OutboxLog> log)
{
    /// <summary>How long a writer lets the others hear of its change: until each has polled after the commit, or lost its licence.</summary>
    static readonly TimeSpan Hearing = Licence.Length + TimeSpan.FromMilliseconds(250);

    /// <summary>A row that was rolled back is never met; forgetting one that comes later costs misses only.</summary>
    static readonly TimeSpan OwnKept = TimeSpan.FromSeconds(30);

    /// <summary>How long the poll leaves a row to its writer, who is about to overwrite the tokens where this process reads them.</summary>
    readonly TimeSpan grace = tokens.AreShared ? TimeSpan.FromMilliseconds(250) : TimeSpan.Zero;

    // Rows whose tokens this process overwrote as their writer and which its poll has yet to meet, with the store it did that in and the time. By their
    // random keys: the database gives the id of a row that was rolled back to another one.
    readonly ConcurrentDictionary<string, (string Store, long Noted)> own = new();

    // Contexts whose last save changed something that other processes may serve.
    readonly ConditionalWeakTable<DbContext, Published> unheard = [];

    // Contexts that see themselves to it that others hear of their transaction.
    readonly ConditionalWeakTable<DbContext, object> patient = [];

    readonly OutboxReader reader = sql.Reader();

    // The rows that the poll has read and not dealt with yet.
    readonly Dictionary<string, Waiting> waiting = [];
    string? registered;
    bool begun;
    bool forget;

    internal string Replica { get; } = Guid.NewGuid().ToString("n");

    internal DbConnection Connect() => connections();

    internal OutboxSql Sql => sql;

    /// <summary>Overwrites the tokens of a committed change made here.</summary>
    /// <param name="tags">All its tags.</param>
    /// <param name="rows">The rows that carry them.</param>
    internal async ValueTask<Published> PublishAsync(IReadOnlyCollection<string> tags, IReadOnlyCollection<CacheInvalidation> rows)
    {
        var store = await OverwriteAsync(tags);
        counters.AddMade();
        string[] keys = [.. rows.Select(row => row.Key)];
        if (store is not null) foreach (var key in keys) own[key] = (store, time.GetTimestamp());
        return new Published(store, keys);
    }

    /// <summary>Notes that the context's save has yet to be heard by others; <see cref="HeardAsync(DbContext)"/> sees to it once the save holds no lock any more.</summary>
    internal void NoteUnheard(DbContext context, Published published) => unheard.AddOrUpdate(context, published);

    /// <summary>The commit of the context's transaction does not wait until others have heard: whoever commits it calls <see cref="HeardAsync(DbContext)"/>, holding nothing that other writers wait for.</summary>
    public void HearLater(DbContext context) => patient.AddOrUpdate(context, context);

    /// <summary>It does wait again: there is no such transaction any more.</summary>
    public void HearAtOnce(DbContext context) => patient.Remove(context);

    /// <summary>What a transaction of the context has changed is committed.</summary>
    internal Task CommittedAsync(DbContext context, Published published)
    {
        if (!patient.Remove(context)) return HeardByAllAsync(context, published);
        NoteUnheard(context, published);
        return Task.CompletedTask;
    }

    /// <summary>Returns when no process can serve a page from before what the context saved.</summary>
    public Task HeardAsync(DbContext context) => unheard.Remove(context, out var published) ? HeardByAllAsync(context, published) : Task.CompletedTask;

    /// <summary>
    /// Returns when no process can serve a page from before the context's change: at once when every one that serves reads its tokens where they were
    /// overwritten. Never throws, never gives up early.
    /// </summary>
    internal async Task HeardByAllAsync(DbContext context, Published published)
    {
        try
        {
            if (!await AskAsync(context, connection => sql.HasOthersAsync(connection, published.Store ?? "")))
            {
                if (published.Store is { } store) marks.Add(store, published.Keys);
                return;
            }
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "Could not learn which processes serve pages; the change waits as if there were some");
        }

        if (!tokens.AreShared)
        {
            await Task.Delay(Hearing, time);
            return;
        }

        var began = time.GetTimestamp();
        while (Hearing - time.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            await Task.Delay(left < OutboxMarks.Interval ? left : OutboxMarks.Interval, time);
            try
            {
                if (await AskAsync(context, connection => sql.AreDoneAsync(connection, published.Keys))) return;
            }
            catch (Exception fault)
            {
                log.LogDebug(fault, "Could not learn whether the change has been heard; it waits");
            }
        }
    }

    // The context's own connection: one that holds a connection and waits for another can wait for those who do the same.
    static async Task<bool> AskAsync(DbContext context, Func<DbConnection, Task<bool>> question)
    {
        await context.Database.OpenConnectionAsync();
        try
        {
            return await question(context.Database.GetDbConnection());
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Begins on a new connection: registers, then takes whatever is committed by now as dealt with, so that no page from before may be shown.</summary>
    internal void Start(DbConnection connection)
    {
        registered = Now(tokens.MeetAsync());
        Register(connection);
        reader.Start(connection);
        waiting.Clear();
        // Others may have kept what the tokens stand for while this process was not there, when every change since has been heard where they are.
        forget = begun || registered is null || sql.NotDoneIn(connection, registered).Count > 0;
        begun = true;
    }

    /// <summary>Committed before the poll that it covers: a writer that does not see the row committed before it, and is seen by every read that follows.</summary>
    internal void Register(DbConnection connection) => sql.Register(connection, Replica, registered ?? "");

    internal void ForgetEverything() => forget = true;

    /// <summary>How old the rows may be that <see cref="Apply"/> leaves to their writers.</summary>
    internal TimeSpan Grace => grace;

    /// <summary>Reads the rows that this process has not seen, and overwrites the tokens of those whose writer has not.</summary>
    /// <returns>Whether tokens may be used now; not when they cannot be reached.</returns>
    internal bool Apply(DbConnection connection)
    {
        Collect(connection);
        if (Now(tokens.MeetAsync()) is not { } store) return false;
        if (store != registered)
        {
            // Nobody has told us what was changed there before.
            registered = store;
            Register(connection);
            forget |= sql.NotDoneIn(connection, store).Count > 0;
        }

        if (forget)
        {
            var done = tokens.AreShared ? sql.NotDoneIn(connection, store) : [];
            if (Now(tokens.ClearAsync()) != store) return false;
            forget = false;
            waiting.Clear();
            marks.Add(store, done);
        }

        if (!Settle(connection, store)) return false;
        tokens.Vouch();
        return true;
    }

    void Collect(DbConnection connection)
    {
        foreach (var (key, row) in own)
            if (time.GetElapsedTime(row.Noted) > OwnKept) own.TryRemove(key, out _);

        if (reader.Read(connection) is { } rows)
        {
            foreach (var row in rows) waiting[row.Key] = new Waiting(row, time.GetTimestamp());
            if (waiting.Count > OutboxReader.MaximumRows) forget = true;
        }
        else
        {
            forget = true;
        }

        reader.Advance();
    }

    /// <summary>Deals with the rows that have waited long enough for their writer.</summary>
    bool Settle(DbConnection connection, string store)
    {
        foreach (var (key, row) in waiting)
        {
            if (row.Row.DoneIn == store || (own.TryGetValue(key, out var mine) && mine.Store == store && own.TryRemove(key, out _))) waiting.Remove(key);
        }

        var due = waiting.Values.Where(row => row.Row.Age + time.GetElapsedTime(row.Read) >= grace).ToList();
        if (due.Count == 0) return true;
        // Somebody may have been faster since they were read.
        if (tokens.AreShared)
        {
            foreach (var key in sql.DoneIn(connection, store, [.. due.Select(row => row.Row.Key)])) waiting.Remove(key);
            due.RemoveAll(row => !waiting.ContainsKey(row.Row.Key));
        }

        if (Now(OverwriteAsync(due.SelectMany(row => CacheInvalidation.Split(row.Row.Tags)).ToHashSet())) != store) return false;
        counters.AddReceived(due.Count);
        foreach (var row in due) waiting.Remove(row.Row.Key);
        marks.Add(store, [.. due.Select(row => row.Row.Key)]);
        return true;
    }

    ValueTask<string?> OverwriteAsync(IReadOnlyCollection<string> tags) => tags.Contains(Tags.Everything) ? tokens.ClearAsync() : tokens.InvalidateAsync(tags);

    // The poll has a thread of its own, which may wait.
    static string? Now(ValueTask<string?> task) => task.AsTask().GetAwaiter().GetResult();

    /// <param name="Row">The row.</param>
    /// <param name="Read">When it was read.</param>
    sealed record Waiting(OutboxRow Row, long Read);
}

/// <summary>What became of a change that is committed.</summary>
/// <param name="Store">The store its tokens are overwritten in; null when nobody can tell.</param>
/// <param name="Keys">The keys of its rows.</param>
sealed record Published(string? Store, string[] Keys);
