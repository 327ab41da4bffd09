using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching.Pages;

/// <summary>
/// Pages in this process, bounded by the bytes of keys and bodies. A page is immutable under its key, which holds the tokens of its tags,
/// so nothing here is ever invalidated: dead pages age out, or make room when the limit is reached.
/// </summary>
sealed class PageStore(IOptions<CacheOptions> options, TagTokens tokens) : IOutputCacheStore, IDisposable
{
    readonly MemoryCache pages = new(new MemoryCacheOptions { SizeLimit = options.Value.MemoryLimit, CompactionPercentage = 0.1 });
    long bytes;

    public int Count => pages.Count;

    /// <summary>The bytes of keys and bodies.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => ValueTask.FromResult(pages.Get<byte[]>(key));

    public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        var size = value.Length + (2L * key.Length);
        Interlocked.Add(ref bytes, size);
        // Whatever ends the entry, its refusal for want of room included.
        pages.Set(key, value, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = validFor, Size = size }
            .RegisterPostEvictionCallback((_, _, _, _) => Interlocked.Add(ref bytes, -size)));
        return ValueTask.CompletedTask;
    }

    public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken) => tokens.InvalidateAsync([tag]);

    public void Dispose() => pages.Dispose();
}
