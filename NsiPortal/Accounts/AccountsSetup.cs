using System.Diagnostics.Metrics;
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Domain.People;
using NsiPortal.Redis;

namespace NsiPortal.Accounts;

/// <summary>Who is who, and what is remembered of a browser: the keys that protect its cookies, and its session.</summary>
public static class AccountsSetup
{
    const string IdleTimeout = "Session:IdleTimeout";

    static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    /// <summary>The limit of how often forms that let people in may be sent from one address.</summary>
    public const string Entrance = "entrance";

    /// <summary>The limit of how often somebody may answer, save a draft or take their data away.</summary>
    public const string Answers = "answers";

    /// <summary>The limit of how often somebody who writes a chapter may save or preview it.</summary>
    public const string Writing = "writing";

    /// <summary>A preview and a draft in two seconds is the most that somebody types.</summary>
    const int WritingsPerMinute = 240;

    /// <summary>A draft a second is the most that somebody types; a school of visitors has one address.</summary>
    const int AnswersPerMinute = 120;
    const int AnswersPerMinuteAndAddress = 1500;

    /// <summary>A school has one address for hundreds of pupils, of whom a few classes may sign in at once.</summary>
    const int EntrancesPerMinute = 200;

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

        builder.AddSignIn();

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

    static void AddSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddSingleton<ILookupNormalizer, NicknameNormalizer>();
        services.AddIdentityCore<User>(options =>
        {
            // A nickname has a rule of its own; what this one refuses could not be saved, neither its lock nor its new stamp.
            options.User.AllowedUserNameCharacters = "";
            options.Lockout.MaxFailedAccessAttempts = 8;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        }).AddUserStore<UserStore>().AddSignInManager();
        services.AddSingleton<AccountBook>();
        services.AddScoped<SignInCookie>();
        services.AddScoped<Registration>();
        services.AddScoped<RosterImport>();
        services.AddSingleton<Removals>();
        services.AddScoped<UserAdministration>();
        services.AddScoped<PersonalData>();
        services.AddScoped<Authoring>();

        var inDevelopment = builder.Environment.IsDevelopment();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, cookie =>
        {
            cookie.Cookie.Name = inDevelopment ? "connexion" : "__Host-connexion";
            cookie.Cookie.SecurePolicy = inDevelopment ? CookieSecurePolicy.None : CookieSecurePolicy.Always;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = Remembered;
            cookie.LoginPath = "/connexion";
            cookie.ReturnUrlParameter = "retour";
            cookie.EventsType = typeof(SignInCookie);
        });
        services.AddAuthorization();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = inDevelopment ? "formulaire" : "__Host-formulaire";
            options.Cookie.SecurePolicy = inDevelopment ? CookieSecurePolicy.None : CookieSecurePolicy.Always;
        });
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (context, _) =>
            {
                if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
                    context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            limiter.AddPolicy(Entrance, http => RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress,
                _ => new FixedWindowRateLimiterOptions { PermitLimit = EntrancesPerMinute, Window = TimeSpan.FromMinutes(1) }));
            limiter.AddPolicy(Writing, http => RateLimitPartition.GetFixedWindowLimiter(http.User.UserId ?? 0,
                _ => new FixedWindowRateLimiterOptions { PermitLimit = WritingsPerMinute, Window = TimeSpan.FromMinutes(1) }));
            limiter.AddPolicy(Answers, http => http.User.UserId is { } id
                ? RateLimitPartition.GetFixedWindowLimiter<object?>(id, _ => new FixedWindowRateLimiterOptions { PermitLimit = AnswersPerMinute, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetFixedWindowLimiter<object?>(http.Connection.RemoteIpAddress, _ => new FixedWindowRateLimiterOptions { PermitLimit = AnswersPerMinuteAndAddress, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    /// <summary>Whoever has a password that somebody else chose chooses their own before anything else: the one who gave it knows it.</summary>
    public static IApplicationBuilder UseImposedPasswords(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        if (!http.User.HasClaim(SignInCookie.ImposedPassword, "") || http.Request.Path.Value is "/mot-de-passe" or "/deconnexion"
            || http.GetEndpoint()?.Metadata.GetMetadata<AsksNobodyAttribute>() is not null) return next(http);
        if (HttpMethods.IsGet(http.Request.Method) && !http.Request.Headers.ContainsKey("HX-Request")) http.Response.Redirect("/mot-de-passe");
        else http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    /// <summary>The session of the actions that have <see cref="UsesSessionAttribute"/>.</summary>
    public static IApplicationBuilder UseSessions(this IApplicationBuilder app) => app.UseMiddleware<Sessions>();

    /// <summary>
    /// Gives the session a new id, with what it holds; the former id leads nowhere afterwards. To be called when somebody signs in or out: whoever knew
    /// the id from before must not share the session.
    /// </summary>
    public static void RenewSession(this HttpContext http) => ((PortalSession)http.Session).Renew();

    /// <summary>The browser forgets its session, whether or not the store of sessions answers; what it held runs out there.</summary>
    public static void ForgetSession(this HttpContext http)
    {
        var cookie = http.RequestServices.GetRequiredService<IOptions<SessionOptions>>().Value.Cookie;
        http.Response.Cookies.Delete(cookie.Name!, cookie.Build(http));
    }
}
