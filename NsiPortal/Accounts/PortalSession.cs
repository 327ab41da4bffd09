using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Caching.Distributed;

namespace NsiPortal.Accounts;

/// <summary>
/// What one browser has entered and may lose. It is read whole before the action and written whole after it, when something changed: of two requests at
/// once the last one stays. The framework's own session would log a failed write and go on.
/// </summary>
/// <param name="cache">Where sessions are kept.</param>
/// <param name="idle">How long after its last use.</param>
/// <param name="named">The id that the browser names; null for none.</param>
sealed class PortalSession(IDistributedCache cache, TimeSpan idle, string? named) : ISession
{
    Dictionary<string, byte[]> values = [];
    bool loaded;
    bool changed;

    public string Id { get; private set; } = NewId();

    /// <summary>The id under which it is kept; null while nothing is.</summary>
    public string? KeptId { get; private set; }

    public bool IsAvailable => loaded;

    public IEnumerable<string> Keys => values.Keys;

    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        if (loaded) return;
        if (named is not null && await cache.GetAsync(named, cancellationToken) is { } data && Parse(data) is { } found)
        {
            values = found;
            Id = KeptId = named;
        }

        // An id that leads nowhere any more is not used again: somebody else may know it.
        loaded = true;
    }

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        if (!changed) return;
        var former = KeptId;
        if (values.Count > 0)
            await cache.SetAsync(Id, JsonSerializer.SerializeToUtf8Bytes(values), new DistributedCacheEntryOptions { SlidingExpiration = idle }, cancellationToken);
        KeptId = values.Count > 0 ? Id : null;
        if (former is not null && former != KeptId) await cache.RemoveAsync(former, cancellationToken);
        changed = false;
    }

    /// <summary>Goes on under an id that nobody knows; the former one leads nowhere once the session is kept.</summary>
    public void Renew()
    {
        Id = NewId();
        changed = true;
    }

    public bool TryGetValue(string key, [NotNullWhen(true)] out byte[]? value) => values.TryGetValue(key, out value);

    public void Set(string key, byte[] value)
    {
        values[key] = value;
        changed = true;
    }

    public void Remove(string key) => changed |= values.Remove(key);

    public void Clear()
    {
        changed |= values.Count > 0;
        values.Clear();
    }

    static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    static Dictionary<string, byte[]>? Parse(byte[] data)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, byte[]>>(data);
        }
        catch (JsonException)
        {
            // Of another build: as good as expired.
            return null;
        }
    }
}
