using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace NsiPortal.Caching.Pages;

/// <summary>
/// Pages and data in this process, ready to send, bounded by the bytes of keys and bodies. What is kept is immutable under its key, which holds
/// the tokens of its tags, so nothing here is ever invalidated: what is dead ages out, or makes room when the limit is reached.
/// </summary>
sealed class PageStore(IOptions<CacheOptions> options, TimeProvider time) : IDisposable
{
    readonly MemoryCache entries = new(new MemoryCacheOptions { SizeLimit = options.Value.MemoryLimit, CompactionPercentage = 0.1 });

    /// <summary>Those of free text: whoever types one after the other pushes out nothing else.</summary>
    readonly MemoryCache typed = new(new MemoryCacheOptions { SizeLimit = options.Value.FreeTextMemoryLimit, CompactionPercentage = 0.1 });

    long bytes;

    public int Count => entries.Count + typed.Count;

    /// <summary>The bytes of keys and bodies.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <returns>Null also for a page that has no key.</returns>
    public PageAtHand? FindPage(PageRequest page) => page.Key is not null && Of(page).Get<PageAtHand>(page.Key) is { IsOver: false } found ? found : null;

    public void KeepPage(PageRequest page, WholePage whole) => Keep(Of(page), page.Key!, new PageAtHand(whole, page.Duration, time), whole.Body.Length, page.Duration);

    public byte[]? FindData(string key) => entries.Get<byte[]>(key);

    public void KeepData(string key, byte[] data, TimeSpan validFor) => Keep(entries, key, data, data.Length, validFor);

    MemoryCache Of(PageRequest page) => page.Attribute.FreeText ? typed : entries;

    void Keep(MemoryCache cache, string key, object entry, int length, TimeSpan validFor)
    {
        var size = length + (2L * key.Length);
        Interlocked.Add(ref bytes, size);
        // Whatever ends the entry, its refusal for want of room included.
        cache.Set(key, entry, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = validFor, Size = size }
            .RegisterPostEvictionCallback((_, _, _, _) => Interlocked.Add(ref bytes, -size)));
    }

    public void Dispose()
    {
        entries.Dispose();
        typed.Dispose();
    }
}
