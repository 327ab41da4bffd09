using Microsoft.AspNetCore.OutputCaching;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching.Pages;

/// <summary>The store of the framework's output cache where processes share none: each has its own pages, in <see cref="PageStore"/>, before it.</summary>
sealed class NoSharedStore(TagTokens tokens) : IOutputCacheStore
{
    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => ValueTask.FromResult<byte[]?>(null);

    public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken) => await tokens.InvalidateAsync([tag]);
}
