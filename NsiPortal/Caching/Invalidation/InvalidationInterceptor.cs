using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching.Invalidation;

/// <summary>
/// Overwrites the tokens of what was saved, after the commit and before the save returns, so that a change is never acknowledged while a
/// page without it can still be served. Evicting too much costs a miss; evicting too little breaks the promise: whenever the outcome of a
/// save is in doubt, its tags are evicted.
/// </summary>
sealed class InvalidationInterceptor(TagTokens tokens) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    // Captured before the save, because afterwards deleted rows and original values are gone. Keyed by the transaction itself, because
    // several contexts may share one; a transaction that is never committed takes its tags with it.
    readonly ConditionalWeakTable<DbContext, HashSet<string>> saves = [];
    readonly ConditionalWeakTable<DbTransaction, HashSet<string>> transactions = [];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var context = eventData.Context!;
        var tags = ChangedTags.In(context.ChangeTracker);
        if (context.Database.CurrentTransaction?.GetDbTransaction() is { } transaction)
            transactions.GetOrCreateValue(transaction).UnionWith(tags);
        else
            saves.AddOrUpdate(context, tags);
        return ValueTask.FromResult(result);
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await EvictAsync(saves, eventData.Context!);
        return result;
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default) =>
        EvictAsync(saves, eventData.Context!).AsTask();

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default) =>
        EvictAsync(saves, eventData.Context!).AsTask();

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        EvictAsync(transactions, transaction).AsTask();

    public Task TransactionFailedAsync(DbTransaction transaction, TransactionErrorEventData eventData, CancellationToken cancellationToken = default) =>
        EvictAsync(transactions, transaction).AsTask();

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        transactions.Remove(transaction);
        return Task.CompletedTask;
    }

    ValueTask EvictAsync<TKey>(ConditionalWeakTable<TKey, HashSet<string>> pending, TKey key) where TKey : class =>
        pending.Remove(key, out var tags) && tags.Count > 0 ? tokens.InvalidateAsync(tags) : ValueTask.CompletedTask;
}
