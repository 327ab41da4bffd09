using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Data;

/// <summary>Brings the database to what this build needs, one process at a time, under a lock that ends with its holder however that dies.</summary>
public abstract class DatabaseStart(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Migrates, then runs <paramref name="prepare"/>, both under the lock.</summary>
    /// <param name="prepare">What comes once the schema is there.</param>
    /// <param name="serving">A process that is about to serve, and not the command <c>migrate</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DatabaseUnusableException">The database cannot be used; the message says why.</exception>
    public async Task RunAsync(Func<PortalDbContext, Task> prepare, bool serving, CancellationToken cancellationToken)
    {
        try
        {
            await using var held = await LockAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await OpenAsync(db, cancellationToken);
            if (serving && !MigratesWhenServing) await CheckAsync(db, cancellationToken);
            else await MigrateAsync(db, evict: !serving, cancellationToken);
            await prepare(db);
        }
        catch (Exception fault) when (Explain(fault) is { } reason)
        {
            throw new DatabaseUnusableException(reason, fault);
        }
    }

    /// <summary>Acts on a database that is there and has the schema of this build, without the lock and without changing anything else.</summary>
    /// <exception cref="DatabaseUnusableException">It is not there, or of another version, or cannot be used; the message says why.</exception>
    public async Task UseAsync(Func<PortalDbContext, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            Find();
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await CheckAsync(db, cancellationToken);
            await act(db);
        }
        catch (Exception fault) when (Explain(fault) is { } reason)
        {
            throw new DatabaseUnusableException(reason, fault);
        }
    }

    /// <summary>Whether a process that serves may change the schema and what builds bring along; otherwise only the command does.</summary>
    public abstract bool MigratesWhenServing { get; }

    /// <summary>Refuses a database that would be made by opening it.</summary>
    protected virtual void Find()
    {
    }

    /// <summary>Takes the lock, through <see cref="WaitAsync"/>.</summary>
    protected abstract Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken);

    /// <summary>What the database needs before it is migrated.</summary>
    protected virtual Task OpenAsync(PortalDbContext db, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What whoever runs the portal can mend, in French; null for anything else, which is a bug of ours.</summary>
    protected abstract string? Explain(Exception fault);

    /// <summary>Tries until the lock is had.</summary>
    /// <param name="tryLock">Gives the lock, or null while somebody else holds it.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="log">Told once that there is somebody to wait for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    protected async Task<IAsyncDisposable> WaitAsync(Func<Task<IAsyncDisposable?>> tryLock, string name, ILogger log, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            if (await tryLock() is { } held) return held;
            if (time.GetElapsedTime(start) > Patience)
                throw new DatabaseUnusableException($"Un autre processus prépare la base depuis {Patience.TotalSeconds:0} s : {name} est toujours verrouillé.", null);
            if (tries == 0) log.LogInformation("Another process prepares the database: waiting for {Lock}", name);
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }
    }

    static async Task CheckAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if ((await PendingAsync(db, cancellationToken)).FirstOrDefault() is { } missing)
            throw new DatabaseUnusableException($"La base n’a pas encore le schéma de cette version ({missing} y manque). Lancez d’abord la commande migrate.", null);
    }

    static async Task MigrateAsync(PortalDbContext db, bool evict, CancellationToken cancellationToken)
    {
        // Made first, because the log would tell of queries that fail on an empty database.
        await db.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
        var pending = await PendingAsync(db, cancellationToken);
        if (pending.Count > 0) await db.Database.MigrateAsync(cancellationToken);
        // Whatever a migration has changed, no process that still serves may show it as it was; nor what one that was killed had changed before.
        if (evict || pending.Count > 0) await db.WriteAsync([Tags.Everything], _ => Task.FromResult(0), cancellationToken);
    }

    static async Task<List<string>> PendingAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var known = db.Database.GetMigrations().ToList();
        if (applied.Except(known).LastOrDefault() is { } unknown)
            throw new DatabaseUnusableException($"La base a été faite par une version plus récente du portail ({unknown} est inconnu ici). Lancez cette version-là.", null);
        return [.. known.Except(applied)];
    }
}
