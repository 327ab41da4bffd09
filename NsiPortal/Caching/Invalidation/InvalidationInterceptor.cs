using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Caching.Invalidation;

/// <summary>
/// Writes the tags of what is saved into the outbox, in the same transaction, and overwrites their tokens after the commit and before the save
/// returns, so that a change is never acknowledged while a page without it can still be served. Evicting too much costs a miss; evicting too
/// little breaks the promise: whenever the outcome of a save is in doubt, its tags are evicted.
/// </summary>
sealed class InvalidationInterceptor(OutboxLog outbox) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    // Captured before the save, because afterwards deleted rows and original values are gone. Keyed by the transaction itself, because
    // several contexts may share one; a transaction that is never committed takes its tags with it.
    readonly ConditionalWeakTable<DbContext, Pending> saves = [];
    readonly ConditionalWeakTable<DbTransaction, Pending> transactions = [];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var context = eventData.Context!;
        Pending pending;
        if (context.Database.CurrentTransaction?.GetDbTransaction() is { } transaction) pending = transactions.GetOrCreateValue(transaction);
        else saves.AddOrUpdate(context, pending = new Pending());

        var tags = ChangedTags.In(context.ChangeTracker);
        if (tags.Count > 0) pending.Add(context, tags);
        return ValueTask.FromResult(result);
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        var context = eventData.Context!;
        Forget(context);
        if (await PublishAsync(saves, context) is { } published) outbox.NoteUnheard(context, published);
        return result;
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default) => DoubtAsync(eventData.Context!);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default) => DoubtAsync(eventData.Context!);

    // Its commit may still land: the poll minds its rows.
    async Task DoubtAsync(DbContext context)
    {
        Forget(context);
        if (saves.Remove(context, out var pending) && pending.Tags.Count > 0) await outbox.PublishAsync(pending.Tags, []);
    }

    public async Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (await PublishAsync(transactions, transaction) is { } published) await outbox.CommittedAsync(eventData.Context!, published);
    }

    // Committed or not, nobody knows; and the caller may try again, so that the tags stay with the transaction and the poll still minds its rows.
    public Task TransactionFailedAsync(DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default) =>
        transactions.TryGetValue(transaction, out var pending) ? outbox.PublishAsync(pending.Tags, []).AsTask() : Task.CompletedTask;

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        transactions.Remove(transaction);
        return Task.CompletedTask;
    }

    async Task<Published?> PublishAsync<TKey>(ConditionalWeakTable<TKey, Pending> from, TKey key) where TKey : class
    {
        if (!from.Remove(key, out var pending) || pending.Tags.Count == 0) return null;
        return await outbox.PublishAsync(pending.Tags, pending.Rows);
    }

    // The context is the caller's: rows of ours must not stay in it.
    static void Forget(DbContext context)
    {
        foreach (var entry in context.ChangeTracker.Entries<CacheInvalidation>().ToList()) entry.State = EntityState.Detached;
    }

    sealed class Pending
    {
        public HashSet<string> Tags { get; } = [];

        public List<CacheInvalidation> Rows { get; } = [];

        public void Add(DbContext context, HashSet<string> tags)
        {
            var row = new CacheInvalidation(tags);
            context.Add(row);
            Rows.Add(row);
            Tags.UnionWith(tags);
        }
    }
}
