using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NsiPortal.Caching;
using NsiPortal.Caching.Tokens;
using NsiPortal.Redis;
using NsiPortal.Support;

namespace NsiPortal.Bench;

/// <summary>A Redis that ends with the benchmark, and the portal's client of it.</summary>
sealed class BenchRedis : IAsyncDisposable
{
    public const string Prefix = "nsi_portal";

    /// <summary>As a portal that uses it has them.</summary>
    public static IOptions<CacheOptions> Settings { get; } = Options.Create(new CacheOptions { RedisPrefix = Prefix });

    readonly ServiceProvider meters;

    BenchRedis(RedisServer server, ServiceProvider meters, RedisClient client) => (Server, this.meters, Client) = (server, meters, client);

    public RedisServer Server { get; }

    public RedisClient Client { get; }

    public static async Task<BenchRedis> StartAsync(params string[] settings)
    {
        var server = await RedisServer.StartAsync(settings);
        var provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
        return new BenchRedis(server, provider, new RedisClient(
            RedisUrl.Parse(server.Url) with { CommandTimeout = TimeSpan.FromMinutes(1) }, TimeProvider.System, NullLoggerFactory.Instance, provider.GetRequiredService<IMeterFactory>()));
    }

    /// <summary>The tokens of the portal, in use.</summary>
    public async Task<RedisTokens> TokensAsync()
    {
        var tokens = new RedisTokens(Client, Settings, TimeProvider.System, NullLogger<RedisTokens>.Instance);
        await Client.StartAsync(CancellationToken.None);
        await tokens.MeetAsync();
        tokens.Vouch();
        return tokens;
    }

    /// <summary>A number that the server tells of itself.</summary>
    public async Task<long> InfoAsync(string name) =>
        long.Parse(Regex.Match((await Client.SendAsync(new RedisCommand("INFO"))).AsString(), $@"\b{name}:(\d+)").Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>The longest command since the last reset, in milliseconds by the server's clock, which it was, and how many took longer than <paramref name="limit"/>.</summary>
    public async Task<(double Milliseconds, string Name, int Over)> SlowestAsync(double limit)
    {
        // Each: number, time, microseconds, the command, who sent it and under which name.
        var all = (await Client.SendAsync(new RedisCommand("SLOWLOG", "GET", -1))).Items.Select(entry => (entry.Items[2].AsInteger() / 1000.0, entry.Items[3].Items[0].AsString()))
            // To forget what was slow is slow itself.
            .Where(entry => entry.Item2 != "SLOWLOG").ToList();
        var (milliseconds, name) = all.Append((0, "none")).MaxBy(entry => entry.Item1);
        return (milliseconds, name, all.Count(entry => entry.Item1 > limit));
    }

    /// <param name="microseconds">What <see cref="SlowestAsync"/> is to know of.</param>
    public async Task ResetSlowestAsync(int microseconds)
    {
        await Client.SendAsync(new RedisCommand("CONFIG", "SET", "slowlog-log-slower-than", microseconds, "slowlog-max-len", 100_000));
        await Client.SendAsync(new RedisCommand("SLOWLOG", "RESET"));
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await meters.DisposeAsync();
        await Server.DisposeAsync();
    }
}
