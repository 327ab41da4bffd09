using System.Buffers;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NsiPortal.Redis;
using NsiPortal.Support;

namespace NsiPortal.Accounts;

/// <summary>The layout is Microsoft's, byte for byte, and no entry stays for ever.</summary>
public sealed class RedisDistributedCacheTests : IAsyncLifetime
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    readonly ManualTime time = new();
    RedisServer server = null!;
    RedisClient redis = null!;
    RedisDistributedCache cache = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RedisServer.StartAsync();
        redis = Client(TimeSpan.FromMinutes(1));
        cache = new RedisDistributedCache(redis, "nsi_portal:session:", time);
    }

    RedisClient Client(TimeSpan patience) =>
        new(RedisUrl.Parse(server.Url) with { CommandTimeout = patience }, TimeProvider.System, NullLoggerFactory.Instance, services.GetRequiredService<IMeterFactory>());

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        await server.DisposeAsync();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task A_sliding_entry_is_laid_out_as_Microsofts()
    {
        await cache.SetAsync("a", "données"u8.ToArray(), new DistributedCacheEntryOptions { SlidingExpiration = Hour });
        Assert.Equal("*6\r\n$6\r\nabsexp\r\n$2\r\n-1\r\n$6\r\nsldexp\r\n$11\r\n36000000000\r\n$4\r\ndata\r\n$8\r\ndonnées\r\n", await server.AskAsync("HGETALL nsi_portal:session:a"));
        Assert.InRange(await LeftAsync("a"), Hour - TimeSpan.FromMinutes(1), Hour);
    }

    [Fact]
    public async Task An_entry_that_ends_at_a_given_time_is_laid_out_as_Microsofts()
    {
        // The clock stands at 1970-01-01, and the offset of the time does not matter.
        var end = new DateTimeOffset(1970, 1, 1, 3, 0, 0, TimeSpan.FromHours(2));
        await cache.SetAsync("a", [1], new DistributedCacheEntryOptions { AbsoluteExpiration = end });
        Assert.Equal("*6\r\n$6\r\nabsexp\r\n$18\r\n621356004000000000\r\n"
            + "$6\r\nsldexp\r\n$2\r\n-1\r\n$4\r\ndata\r\n$1\r\n\u0001\r\n", await server.AskAsync("HGETALL nsi_portal:session:a"));
        Assert.InRange(await LeftAsync("a"), Hour - TimeSpan.FromMinutes(1), Hour);
    }

    [Fact]
    public async Task What_Microsofts_package_wrote_is_read()
    {
        await server.AskAsync("HSET nsi_portal:session:a absexp -1 sldexp 12000000000 data abc");
        Assert.Equal("abc"u8.ToArray(), await cache.GetAsync("a"));
        Assert.InRange(await LeftAsync("a"), TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task No_entry_stays_for_ever()
    {
        await cache.SetAsync("a", [1], new DistributedCacheEntryOptions());
        Assert.InRange(await LeftAsync("a"), TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(20));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reading_and_refreshing_renew_a_sliding_entry(bool reading)
    {
        await cache.SetAsync("a", [1], new DistributedCacheEntryOptions { SlidingExpiration = Hour });
        await server.AskAsync("PEXPIRE nsi_portal:session:a 60000");
        await (reading ? cache.GetAsync("a") : cache.RefreshAsync("a"));
        Assert.InRange(await LeftAsync("a"), Hour - TimeSpan.FromMinutes(1), Hour);
    }

    [Fact]
    public async Task Reading_renews_an_entry_up_to_its_end_and_no_further()
    {
        await cache.SetAsync("a", [1], new DistributedCacheEntryOptions { SlidingExpiration = Hour, AbsoluteExpirationRelativeToNow = 2 * Hour });
        time.Advance(1.5 * Hour);
        Assert.NotNull(await cache.GetAsync("a"));
        Assert.InRange(await LeftAsync("a"), (Hour / 2) - TimeSpan.FromMinutes(1), Hour / 2);
        time.Advance(Hour);
        Assert.Null(await cache.GetAsync("a"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => cache.SetAsync("a", [1], new DistributedCacheEntryOptions { AbsoluteExpiration = time.GetUtcNow() }));
    }

    [Fact]
    public async Task Each_operation_is_one_command()
    {
        await EachAsync();
        await server.AskAsync("CONFIG RESETSTAT");
        await EachAsync();
        var said = await server.AskAsync("INFO commandstats");
        Assert.Contains("cmdstat_evalsha:calls=3,", said, StringComparison.Ordinal);
        Assert.Contains("cmdstat_del:calls=1,", said, StringComparison.Ordinal);
        Assert.DoesNotContain("cmdstat_eval:", said, StringComparison.Ordinal);

        async Task EachAsync()
        {
            await cache.SetAsync("a", [1], new DistributedCacheEntryOptions());
            await cache.GetAsync("a");
            await cache.RefreshAsync("a");
            await cache.RemoveAsync("a");
        }
    }

    [Fact]
    public async Task Synchronous_and_buffered_members_do_the_same()
    {
        var sequence = Segment.Of([1, 2], [3]);
        cache.Set("a", sequence, new DistributedCacheEntryOptions());
        Assert.Equal([1, 2, 3], cache.Get("a"));
        await cache.SetAsync("b", new ReadOnlySequence<byte>([4]), new DistributedCacheEntryOptions());
        var buffer = new ArrayBufferWriter<byte>();
        Assert.True(cache.TryGet("b", buffer));
        Assert.True(await cache.TryGetAsync("a", buffer));
        Assert.Equal([4, 1, 2, 3], buffer.WrittenSpan.ToArray());
        cache.Set("b", [5], new DistributedCacheEntryOptions());
        cache.Refresh("b");
        Assert.Equal([5], await cache.GetAsync("b"));
        cache.Remove("b");
        Assert.False(cache.TryGet("b", buffer));
        Assert.Null(cache.Get("b"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_frozen_server_is_told_to_callers_and_none_waits_for_it()
    {
        await using var hasty = Client(TimeSpan.FromMilliseconds(250));
        var impatient = new RedisDistributedCache(hasty, "nsi_portal:session:", time);
        await hasty.StartAsync(default);
        server.Freeze();
        await Assert.ThrowsAsync<RedisUnavailableException>(() => impatient.GetAsync("a"));
        // Refused before anybody could wait.
        Assert.True(impatient.GetAsync("a").IsFaulted);
        Assert.True(impatient.SetAsync("a", [2], new DistributedCacheEntryOptions()).IsFaulted);
        Assert.Throws<RedisUnavailableException>(() => impatient.Get("a"));
    }

    [Fact]
    public async Task A_full_server_refuses_an_entry_and_keeps_none_without_its_expiry()
    {
        await server.AskAsync("CONFIG SET maxmemory 1");
        await Assert.ThrowsAsync<RedisErrorException>(() => cache.SetAsync("a", [1], new DistributedCacheEntryOptions()));
        Assert.Equal(":0\r\n", await server.AskAsync("EXISTS nsi_portal:session:a"));
    }

    async Task<TimeSpan> LeftAsync(string key) =>
        TimeSpan.FromMilliseconds(long.Parse((await server.AskAsync($"PTTL nsi_portal:session:{key}")).Trim(':', '\r', '\n'), CultureInfo.InvariantCulture));

    sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Of(byte[] first, byte[] second)
        {
            var end = new Segment { Memory = second, RunningIndex = first.Length };
            return new ReadOnlySequence<byte>(new Segment { Memory = first, Next = end }, 0, end, second.Length);
        }
    }
}
