using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using NsiPortal.Caching.Tokens;
using NsiPortal.Redis;

namespace NsiPortal.Caching.Pages;

/// <summary>
/// The pages that processes share, behind those that each has at hand. What comes from Redis is kept in memory as the framework wrote it; what goes
/// there is written off the request's path, through a queue that drops what it cannot hold. Whatever Redis does, it is a miss, never an error: an
/// entry is looked at only when its seal says that it is whole and was written under its key.
/// </summary>
public sealed class RedisPageStore : BackgroundService, IOutputCacheStore
{
    const int Waiting = 256;
    const int SealLength = 16;

    /// <summary>With the tokens' own limit, and some milliseconds by which timers are late, no request is granted more than 250 ms of Redis.</summary>
    static readonly TimeSpan ReadingLimit = TimeSpan.FromMilliseconds(80);

    static readonly TimeSpan WritingLimit = TimeSpan.FromSeconds(1);

    /// <summary>What a process waits for a page that another one is making, before it makes it itself.</summary>
    static readonly TimeSpan FollowingLimit = TimeSpan.FromMilliseconds(250);

    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);

    /// <summary>Once in this time somebody is told to make a page: whoever made one that cannot be kept is waited for no longer than that.</summary>
    static readonly TimeSpan ClaimLength = TimeSpan.FromSeconds(1);

    /// <summary>Who makes the page: whoever asks first.</summary>
    static readonly RedisScript Claiming = new("""
        local maker = redis.call('GET', KEYS[1])
        if maker then return maker end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return ARGV[1]
        """);

    readonly Channel<Entry> queue = Channel.CreateBounded<Entry>(new BoundedChannelOptions(Waiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    readonly RedisClient client;
    readonly TagTokens tokens;
    readonly PageStore memory;
    readonly CacheOptions options;
    readonly TimeProvider time;
    readonly string prefix;
    readonly string claims;
    readonly string me = Guid.NewGuid().ToString("n");
    readonly Counter<long> lost;
    readonly Counter<long> flights;

    internal RedisPageStore(RedisClient client, string prefix, TagTokens tokens, PageStore memory, IOptions<CacheOptions> options, TimeProvider time, IMeterFactory meters)
    {
        (this.client, this.tokens, this.memory, this.options, this.time) = (client, tokens, memory, options.Value, time);
        (this.prefix, claims) = (prefix + ":page:", prefix + ":making:");
        var meter = meters.Create("NsiPortal.Cache");
        flights = meter.CreateCounter<long>("nsiportal.cache.shared.flights", description: "Pages that were in no cache: made here, got from the process that was making them, or waited for in vain.");
        lost = meter.CreateCounter<long>("nsiportal.cache.shared.lost", unit: "{page}", description: "Pages that could not be written to Redis, by reason, and entries that were no page of ours.");
    }

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        var name = NameOf(key);
        if (memory.FindData(name) is { } kept) return kept;
        try
        {
            var asked = time.GetTimestamp();
            if (await FetchAsync(name, cancellationToken) is { } page) return page;
            // One maker among all processes, except of what a single reader asks for; in this one, those who come meanwhile join its flight.
            var left = ReadingLimit - time.GetElapsedTime(asked);
            if (left > TimeSpan.Zero && !key.StartsWith(TaggedCache.OwnKeyPrefix, StringComparison.Ordinal) && await ClaimAsync(name, left, cancellationToken) != me) return await FollowAsync(name, cancellationToken);
            Fly("made");
            return null;
        }
        catch (RedisException)
        {
            return null;
        }
    }

    async Task<byte[]?> FetchAsync(string name, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        // The time that is left travels beside the body, which may be large.
        var body = client.SendBodyAsync(new RedisCommand("GET", name), ReadingLimit, cancellationToken).AsTask();
        var left = client.SendAsync(new RedisCommand("PTTL", name), ReadingLimit, cancellationToken).AsTask();
        await Task.WhenAll(body, left);
        if ((await body) is not { IsNull: false } found || found.AsBytes() is not { } bytes) return null;
        var page = Open(name, bytes);
        if (page is not null && IsData(name)) page = PackedData.Unpack(page, options.MaximumPageSize);
        if (page is null)
        {
            lost.Add(1, new TagList { { "reason", "foreign" } });
            return null;
        }

        var validFor = TimeSpan.FromMilliseconds((await left).AsInteger()) - time.GetElapsedTime(asked);
        if (validFor > TimeSpan.Zero) memory.KeepData(name, page, validFor);
        return page;
    }

    async Task<string> ClaimAsync(string name, TimeSpan limit, CancellationToken cancellationToken) =>
        (await client.RunAsync(Claiming, [claims + name[prefix.Length..]], [me, (long)ClaimLength.TotalMilliseconds], limit, cancellationToken)).AsString();

    async Task<byte[]?> FollowAsync(string name, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var pause = FirstPause; FollowingLimit - time.GetElapsedTime(began) is { Ticks: > 0 } left; pause *= 2)
        {
            await Task.Delay(pause < left ? pause : left, time, cancellationToken);
            if (await FetchAsync(name, cancellationToken) is not { } page) continue;
            Fly("got");
            return page;
        }

        Fly("vain");
        return null;
    }

    void Fly(string outcome) => flights.Add(1, new TagList { { "outcome", outcome } });

    public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        if (value.Length <= options.MaximumPageSize && !queue.Writer.TryWrite(new Entry(NameOf(key), value, validFor))) Lose("queue");
        return ValueTask.CompletedTask;
    }

    public async ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken) => await tokens.InvalidateAsync([tag]);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var entry in queue.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await client.SendBodyAsync(
                        new RedisCommand("SET", entry.Name, Seal(entry.Name, IsData(entry.Name) ? PackedData.Pack(entry.Page) : entry.Page), "PX", (long)entry.ValidFor.TotalMilliseconds), WritingLimit, stoppingToken);
                }
                catch (RedisException fault)
                {
                    Lose(fault is RedisErrorException error ? error.Code : "unavailable");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The portal ends. What was not written is made again by whoever asks for it.
        }
    }

    void Lose(string reason) => lost.Add(1, new TagList { { "reason", reason } });

    // The framework parts keys by control characters, which would be hard on whoever lists them.
    string NameOf(string key) => prefix + key.Replace('\x1e', '|').Replace('\x1f', ',');

    bool IsData(string name) => name.AsSpan(prefix.Length).StartsWith(TaggedCache.KeyPrefix, StringComparison.Ordinal);

    static byte[] Seal(string name, byte[] page)
    {
        var written = new byte[SealLength + page.Length];
        SealOf(name, page, written);
        page.CopyTo(written, SealLength);
        return written;
    }

    static byte[]? Open(string name, byte[] written)
    {
        if (written.Length < SealLength) return null;
        Span<byte> seal = stackalloc byte[SealLength];
        var page = written.AsSpan(SealLength);
        SealOf(name, page, seal);
        return seal.SequenceEqual(written.AsSpan(0, SealLength)) ? page.ToArray() : null;
    }

    static void SealOf(string name, ReadOnlySpan<byte> page, Span<byte> seal)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(name));
        hash.AppendData(page);
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(whole);
        whole[..SealLength].CopyTo(seal);
    }

    sealed record Entry(string Name, byte[] Page, TimeSpan ValidFor);
}
