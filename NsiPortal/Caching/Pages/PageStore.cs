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
    long bytes;

    public int Count => entries.Count;

    /// <summary>The bytes of keys and bodies.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    public PageAtHand? FindPage(string key) => entries.Get<PageAtHand>(key);

    public void KeepPage(string key, WholePage page, TimeSpan validFor) => Keep(key, new PageAtHand(page, validFor, time), page.Body.Length, validFor);

    public byte[]? FindData(string key) => entries.Get<byte[]>(key);

    public void KeepData(string key, byte[] data, TimeSpan validFor) => Keep(key, data, data.Length, validFor);

    void Keep(string key, object entry, int length, TimeSpan validFor)
    {
        var size = length + (2L * key.Length);
        Interlocked.Add(ref bytes, size);
        // Whatever ends the entry, its refusal for want of room included.
        entries.Set(key, entry, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = validFor, Size = size }
            .RegisterPostEvictionCallback((_, _, _, _) => Interlocked.Add(ref bytes, -size)));
    }

    public void Dispose() => entries.Dispose();
}
