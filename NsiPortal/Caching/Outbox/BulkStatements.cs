using Microsoft.EntityFrameworkCore;

namespace NsiPortal.Caching.Outbox;

public static class BulkStatements
{
    /// <summary>
    /// Runs an <c>ExecuteUpdate</c>, an <c>ExecuteDelete</c> or raw SQL in one transaction with the tags of what it changes; in the context's own
    /// transaction when it has one.
    /// </summary>
    /// <param name="db">The context of the statement.</param>
    /// <param name="tags">Every tag of the rows it may touch, or <see cref="Tags.Everything"/>.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="cancellationToken">Cancels before the commit, never after.</param>
    /// <returns>How many rows it touched.</returns>
    public static async Task<int> WriteAsync(
        this DbContext db, IReadOnlyCollection<string> tags, Func<CancellationToken, Task<int>> statement, CancellationToken cancellationToken = default)
    {
        if (tags.Count == 0) throw new ArgumentException("A bulk statement without tags evicts nothing.", nameof(tags));
        if (db.Database.CurrentTransaction is not null) return await WriteInsideAsync();

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var touched = await WriteInsideAsync();
        await transaction.CommitAsync(CancellationToken.None);
        return touched;

        async Task<int> WriteInsideAsync()
        {
            db.Add(new CacheInvalidation(tags));
            await db.SaveChangesAsync(cancellationToken);
            return await BulkGuard.DeclaredAsync(() => statement(cancellationToken));
        }
    }
}
