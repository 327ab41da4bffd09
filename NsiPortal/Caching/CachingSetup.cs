using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using NsiPortal.Caching.Invalidation;
using NsiPortal.Caching.Monitoring;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Pages;
using NsiPortal.Caching.Routes;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching;

/// <summary>The page cache: services here, middleware in Program.cs, because their order is the argument that it is right.</summary>
public static class CachingSetup
{
    public static WebApplicationBuilder AddPageCache(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<CacheOptions>().BindConfiguration(CacheOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOutputCache();
        services.AddSingleton<PageRequests>();
        services.AddSingleton<PageFlights>();
        services.AddSingleton<BypassFlights>();
        services.AddSingleton<PageStore>();
        services.AddSingleton<KeptPages>();
        services.AddSingleton(provider => new CacheCounters(
            provider.GetRequiredService<IMeterFactory>(), provider.GetRequiredService<PageStore>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new TaggedCache(
            provider.GetRequiredService<TagTokens>(), provider.GetRequiredService<Licence>(), provider.GetRequiredService<RouteMap>(),
            provider.GetRequiredService<BuildIdentity>(), provider.GetRequiredService<PageStore>(), provider.GetRequiredService<IOutputCacheStore>(),
            provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<IOptions<CacheOptions>>()));
        builder.AddSharedCache();
        return builder;
    }

    /// <summary>Before the output cache: begins each cached request, and answers it when this process has its page.</summary>
    public static IApplicationBuilder UsePagesAtHand(this IApplicationBuilder app) => app.UseMiddleware<PagesAtHand>();

    /// <summary>Behind the output cache: makes whole what it lacks.</summary>
    public static IApplicationBuilder UseWholePages(this IApplicationBuilder app) => app.UseMiddleware<WholePages>();

    /// <summary>
    /// Before the output cache: <c>If-Modified-Since</c> and <c>only-if-cached</c> would have the framework answer a stale 304 or a 504.
    /// </summary>
    public static IApplicationBuilder UseStrictValidation(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        http.Request.Headers.Remove("If-Modified-Since");
        http.Request.Headers.Remove("Cache-Control");
        return next(http);
    });
}
