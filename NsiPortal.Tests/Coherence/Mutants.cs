using System.Data;
using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Invalidation;
using NsiPortal.Caching.Tokens;
using NsiPortal.Data;

namespace NsiPortal.Coherence;

// The portal with one protection broken at a time. Each widens the moment in which the lack can show, by letting one side wait a while
// for the other, so that the trial needs thousands of reads instead of millions.

/// <summary>Tokens that never change: as if they were not in the key.</summary>
sealed class FrozenTokens : MemoryTokens
{
    public override ValueTask<string?> InvalidateAsync(IReadOnlyCollection<string> tags) =>
        base.InvalidateAsync(tags.Where(tag => tag == Caching.Tags.Routes).ToList());
}

/// <summary>Lets somebody wait until something has happened elsewhere, or until it seems that it will not.</summary>
sealed class Meeting
{
    TaskCompletionSource happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int waiting;

    public void Happened() => Interlocked.Exchange(ref happened, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Waits for the next time, at most one at once, so that the others make it happen.</summary>
    public async Task WaitAsync()
    {
        if (Interlocked.CompareExchange(ref waiting, 1, 0) != 0) return;
        await Task.WhenAny(Volatile.Read(ref happened).Task, Task.Delay(TimeSpan.FromMilliseconds(50)));
        Volatile.Write(ref waiting, 0);
    }
}

/// <summary>Fixes what the request will read before the policy has read its tokens.</summary>
sealed class EarlySnapshot(Meeting saves) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (HttpContext http, RequestDelegate rest) =>
        {
            var db = http.RequestServices.GetRequiredService<PortalDbContext>();
            await db.Database.OpenConnectionAsync();
            // SQLite has no level for this; a transaction that does not begin with a write is one.
            await using DbTransaction snapshot = db.Database.GetDbConnection() is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: true)
                : await db.Database.GetDbConnection().BeginTransactionAsync(IsolationLevel.RepeatableRead);
            await db.Database.UseTransactionAsync(snapshot);
            await db.Courses.AnyAsync();
            await saves.WaitAsync();
            await rest(http);
            await db.Database.UseTransactionAsync(null);
        });
        next(app);
    };
}

sealed class AnnounceSave(Meeting saves) : SaveChangesInterceptor
{
    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        saves.Happened();
        return ValueTask.FromResult(result);
    }
}

/// <summary>Tokens that the portal's own interceptor cannot overwrite, so that only the mutant evicts.</summary>
sealed class MuteTokens : MemoryTokens
{
    public override ValueTask<string?> InvalidateAsync(IReadOnlyCollection<string> tags) => base.InvalidateAsync([]);

    public ValueTask<string?> ReallyInvalidateAsync(IReadOnlyCollection<string> tags) => base.InvalidateAsync(tags);
}

/// <summary>Evicts while the change is being saved, before it is committed.</summary>
sealed class EarlyEviction(MuteTokens tokens, Meeting reads) : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await tokens.ReallyInvalidateAsync(ChangedTags.In(eventData.Context!.ChangeTracker));
        await reads.WaitAsync();
        return result;
    }
}

sealed class AnnounceRead(Meeting reads) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (HttpContext http, RequestDelegate rest) =>
        {
            await rest(http);
            reads.Happened();
        });
        next(app);
    };
}
