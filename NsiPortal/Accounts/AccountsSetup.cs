using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NsiPortal.Caching;
using NsiPortal.Redis;

namespace NsiPortal.Accounts;

/// <summary>Who is who, and what is remembered of a browser: the keys that protect its cookies, and its session.</summary>
public static class AccountsSetup
{
    const string IdleTimeout = "Session:IdleTimeout";

    /// <summary>The key of the client that sessions have for themselves.</summary>
    internal const string SessionClient = "sessions";

    /// <summary>Somebody's entry is worth more waiting than a page that can be made anew.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static WebApplicationBuilder AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // One name for all processes, however and wherever they are installed.
        services.AddDataProtection().SetApplicationName("NsiPortal");
        services.AddSingleton<DataProtectionKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<DataProtectionKeys>((options, keys) => options.XmlRepository = keys);

        var idle = builder.Configuration.GetValue(IdleTimeout, TimeSpan.FromHours(2));
        // A name that begins so is refused by browsers unless it came over HTTPS, for this host alone. Development is served over HTTP.
        var inDevelopment = builder.Environment.IsDevelopment();
        services.AddOptions<SessionOptions>()
            .Configure(options =>
            {
                options.IdleTimeout = idle;
                options.Cookie.Name = inDevelopment ? "session" : "__Host-session";
                options.Cookie.SecurePolicy = inDevelopment ? CookieSecurePolicy.None : CookieSecurePolicy.Always;
                options.Cookie.IsEssential = true;
            })
            .Validate(options => options.IdleTimeout >= TimeSpan.FromMinutes(1) && options.IdleTimeout <= TimeSpan.FromDays(1), $"{IdleTimeout} : de 00:01:00 à 1.00:00:00.")
            .ValidateOnStart();
        // Connections of their own: what pages do not wait for, and then nobody does for a moment, must cost nobody an entry. The pages' client tells of the server.
        services.AddKeyedSingleton(SessionClient, (provider, _) => new RedisClient(
            provider.GetRequiredService<RedisClient>().Options with { CommandTimeout = Patience }, provider.GetRequiredService<TimeProvider>(), NullLoggerFactory.Instance, provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<IDistributedCache>(provider => provider.GetService<RedisClient>() is not null
            ? new RedisDistributedCache(provider.GetRequiredKeyedService<RedisClient>(SessionClient), provider.GetRequiredService<IOptions<CacheOptions>>().Value.RedisPrefix + ":session:", provider.GetRequiredService<TimeProvider>())
            : new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())));
        return builder;
    }

    /// <summary>The session of the actions that have <see cref="UsesSessionAttribute"/>.</summary>
    public static IApplicationBuilder UseSessions(this IApplicationBuilder app) => app.UseMiddleware<Sessions>();

    /// <summary>
    /// Gives the session a new id, with what it holds; the former id leads nowhere afterwards. To be called when somebody signs in or out: whoever knew
    /// the id from before must not share the session.
    /// </summary>
    public static void RenewSession(this HttpContext http) => ((PortalSession)http.Session).Renew();
}
