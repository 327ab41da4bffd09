using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using NsiPortal.Redis;

namespace NsiPortal.Accounts;

/// <summary>
/// The framework's distributed cache on Redis, laid out as Microsoft's own package does, so that either may take the other's place: a hash of
/// <c>absexp</c>, <c>sldexp</c> (ticks, -1 for none) and <c>data</c>. Each operation is one script, and so one way there and back: an entry never stands
/// without its expiry.
/// </summary>
/// <param name="redis">The server.</param>
/// <param name="prefix">What its keys begin with.</param>
/// <param name="time">The clock by which entries end at a given time.</param>
sealed class RedisDistributedCache(RedisClient redis, string prefix, TimeProvider time) : IBufferDistributedCache
{
    const long None = -1;

    /// <summary>For an entry that names no expiry: none may stay for ever.</summary>
    static readonly TimeSpan DefaultSliding = TimeSpan.FromMinutes(20);

    static readonly RedisScript Writing = new("""
        redis.call('HSET', KEYS[1], 'absexp', ARGV[1], 'sldexp', ARGV[2], 'data', ARGV[3])
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
        """);

    // A number of Lua holds ticks to within some microseconds. An expiry that has passed deletes the key.
    const string Renew = """
        local kept = redis.call('HMGET', KEYS[1], 'absexp', 'sldexp')
        local absolute, sliding = tonumber(kept[1]), tonumber(kept[2])
        if sliding and sliding ~= -1 then
          if absolute ~= -1 then sliding = math.min(sliding, absolute - ARGV[1]) end
          redis.call('PEXPIRE', KEYS[1], string.format('%.0f', sliding / 10000))
        end

        """;

    static readonly RedisScript Renewing = new(Renew);

    static readonly RedisScript Reading = new(Renew + "return redis.call('HGET', KEYS[1], 'data')");

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) => (await RunAsync(Reading, key, [Now.UtcTicks], token)).AsBytes();

    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        if (await GetAsync(key, token) is not { } data) return false;
        destination.Write(data);
        return true;
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) => WriteAsync(key, value, options, token);

    public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        new(WriteAsync(key, value.IsSingleSegment ? value.First : value.ToArray(), options, token));

    public Task RefreshAsync(string key, CancellationToken token = default) => RunAsync(Renewing, key, [Now.UtcTicks], token);

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        await redis.StartAsync(token);
        await redis.SendAsync(new RedisCommand("DEL", prefix + key), cancellationToken: token);
    }

    // They hold a thread for as long as a command may take. The portal itself calls none of them.
    public byte[]? Get(string key) => GetAsync(key).GetAwaiter().GetResult();

    public bool TryGet(string key, IBufferWriter<byte> destination) => TryGetAsync(key, destination).AsTask().GetAwaiter().GetResult();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => SetAsync(key, value, options).GetAwaiter().GetResult();

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => SetAsync(key, value, options).AsTask().GetAwaiter().GetResult();

    public void Refresh(string key) => RefreshAsync(key).GetAwaiter().GetResult();

    public void Remove(string key) => RemoveAsync(key).GetAwaiter().GetResult();

    DateTimeOffset Now => time.GetUtcNow();

    Task<RedisValue> WriteAsync(string key, ReadOnlyMemory<byte> value, DistributedCacheEntryOptions options, CancellationToken token)
    {
        var now = Now;
        var absolute = options.AbsoluteExpirationRelativeToNow is { } relative ? now + relative : options.AbsoluteExpiration;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(absolute ?? DateTimeOffset.MaxValue, now, nameof(options));
        var sliding = options.SlidingExpiration ?? (absolute is null ? DefaultSliding : null);
        var left = TimeSpan.FromTicks(Math.Min(sliding?.Ticks ?? long.MaxValue, (absolute - now)?.Ticks ?? long.MaxValue));
        return RunAsync(Writing, key, [absolute?.UtcTicks ?? None, sliding?.Ticks ?? None, value, (long)Math.Ceiling(left.TotalMilliseconds)], token);
    }

    async Task<RedisValue> RunAsync(RedisScript script, string key, RedisArgument[] arguments, CancellationToken token)
    {
        await redis.StartAsync(token);
        return await redis.RunAsync(script, [prefix + key], arguments, cancellationToken: token);
    }
}
