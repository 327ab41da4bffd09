using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;
using NsiPortal.Domain.Auditing;

namespace NsiPortal.Data;

public static class AuditedEviction
{
    /// <summary>Makes every process forget the pages that carry one of the tags, as an act of somebody. Returns when all have heard of it.</summary>
    /// <param name="db">A context that holds nothing else to save.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="tags">Names that <see cref="Tags.IsName"/> knows, or <see cref="Tags.Everything"/> alone.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels before the commit, never after.</param>
    public static Task EvictAsync(this PortalDbContext db, Actor actor, IReadOnlyList<string> tags, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var everything = tags is [Tags.Everything];
        db.AuditEntries.Add(new AuditEntry(actor, everything ? AuditAct.CacheCleared : AuditAct.CacheEvicted, everything ? "" : string.Join(' ', tags), "", now));
        return db.WriteAsync(tags, _ => Task.FromResult(0), cancellationToken);
    }
}
