using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using NsiPortal.Caching.Monitoring;
using NsiPortal.Caching.Pages;
using NsiPortal.Caching.Tokens;
using NsiPortal.Redis;

namespace NsiPortal.Caching;

/// <summary>
/// Where pages and tokens are: in the Redis that <c>REDIS_URL</c> names, which all replicas share, or in the memory of each process. Which of the two
/// never changes while a process lives: a Redis that is lost is waited for, without a cache.
/// </summary>
static class SharedCache
{
    public const string Variable = "REDIS_URL";

    public static void AddSharedCache(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var (options, wrong) = Read(builder.Configuration[Variable]);
        if (options is null)
        {
            services.AddSingleton<TagTokens, MemoryTokens>();
            services.AddSingleton<IOutputCacheStore, NoSharedStore>();
            services.AddHostedService(provider => new Told(wrong, provider.GetRequiredService<ILogger<Told>>()));
            return;
        }

        services.AddSingleton(provider => new RedisClient(
            options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<TagTokens>(provider => ActivatorUtilities.CreateInstance<RedisTokens>(provider));
        services.AddSingleton(provider => new RedisPageStore(
            provider.GetRequiredService<RedisClient>(), Prefix(provider), provider.GetRequiredService<TagTokens>(), provider.GetRequiredService<PageStore>(),
            provider.GetRequiredService<IOptions<CacheOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<IOutputCacheStore>(provider => provider.GetRequiredService<RedisPageStore>());
        services.AddSingleton<RedisView>();
        services.AddHostedService<Connecting>();
        services.AddHostedService(provider => provider.GetRequiredService<RedisPageStore>());
    }

    static string Prefix(IServiceProvider provider) => provider.GetRequiredService<IOptions<CacheOptions>>().Value.RedisPrefix;

    /// <summary>What the variable says, or what is wrong with it; neither when it is not set.</summary>
    public static (RedisOptions? Options, string? Wrong) Read(string? url)
    {
        if (string.IsNullOrWhiteSpace(url)) return (null, null);
        try
        {
            return (RedisUrl.Parse(url), null);
        }
        catch (RedisUrlException fault)
        {
            return (null, fault.Message);
        }
    }

    /// <summary>Says once that everything stays in memory.</summary>
    sealed class Told(string? wrong, ILogger<Told> log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (wrong is null) log.LogInformation("{Variable} is not set: pages and sessions are kept in the memory of this process", Variable);
            else log.LogError("{Variable} cannot be used ({Reason}): pages and sessions are kept in the memory of this process. It looks like redis://user:password@host:6379/0", Variable, wrong);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Connects before the first poll, so that the portal does not start with misses; and starts all the same when nobody answers.</summary>
    sealed class Connecting(RedisClient client, TagTokens tokens, ILogger<Connecting> log) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            // They greet each new connection.
            _ = tokens.AreShared;
            await client.StartAsync(cancellationToken);
            if (!client.Available)
                log.LogWarning("Redis does not answer at {Address}: pages are made without a cache until it does. Check {Variable}, and that the server runs, takes this password and has this database", client.Options, Variable);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
