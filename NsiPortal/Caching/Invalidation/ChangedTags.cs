using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Caching.Invalidation;

/// <summary>The tags of what a context is about to save.</summary>
static class ChangedTags
{
    public static HashSet<string> In(ChangeTracker changes)
    {
        var tags = new HashSet<string>();
        foreach (var entry in changes.Entries().ToList())
        {
            // A bulk statement is about to say its tags by a row of the outbox; it joins those of this save.
            if (entry is { Entity: CacheInvalidation row, State: EntityState.Added })
            {
                tags.UnionWith(CacheInvalidation.Split(row.Tags));
                entry.State = EntityState.Detached;
                continue;
            }

            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            EntityTags.Of(entry.Metadata).Collect(new Change(entry), tags);
        }

        return tags;
    }
}

/// <summary>One row about to be saved, with what the rules ask of it.</summary>
readonly struct Change(EntityEntry entry)
{
    public bool Added => entry.State == EntityState.Added;

    /// <summary>Whether the row appears, disappears, or changes in one of these columns.</summary>
    public bool Touches(params ReadOnlySpan<string> columns)
    {
        if (entry.State != EntityState.Modified) return true;
        foreach (var column in columns)
            if (entry.Property(column).IsModified) return true;
        return false;
    }

    /// <summary>Whether the flag is set before or after the save.</summary>
    public bool Has(string flag) => Values<bool>(flag).Contains(true);

    /// <summary>Whether the row that this one belongs to has the flag before or after the save. One that was not read may have it.</summary>
    public bool OwnerMayHave(string owner, string flag) => entry.Reference(owner).TargetEntry is not { } target || new Change(target).Has(flag);

    /// <summary>The column before and after the save, without the keys that the database has yet to give.</summary>
    public IEnumerable<T> Values<T>(string column)
    {
        var property = entry.Property(column);
        if (entry.State != EntityState.Added) yield return (T)property.OriginalValue!;
        if (entry.State != EntityState.Deleted && !property.IsTemporary) yield return (T)property.CurrentValue!;
    }
}
