using NsiPortal.Accounts;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Commands;
using NsiPortal.Commands.Seeding;
using NsiPortal.Data;
using NsiPortal.Exchange;
using NsiPortal.Hosting;
using NsiPortal.Learning;
using NsiPortal.Rendering;

namespace NsiPortal;

/// <summary>The portal as a web application: its services, then its middleware in the open, because their order is the caching argument.</summary>
public static class Program
{
    static Task<int> Main(string[] args) => CommandLine.RunAsync(args);

    /// <param name="args">Settings for the framework, such as <c>--urls=…</c>.</param>
    /// <param name="adjust">What a test or a benchmark changes before the application is built.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        // Settings and static files stand beside the program, from whatever folder it is started.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(Program).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });

        builder.AddPortalHosting();
        builder.AddPageCache();
        builder.AddPortalData();
        builder.AddAccounts();
        builder.Services.AddLearning();

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<MarkdownRenderer>();
        builder.Services.AddSingleton<CourseImporter>();
        builder.Services.AddSingleton<ExerciseDesk>();
        builder.Services.AddSingleton<DemoContent>();
        builder.Services.AddSingleton<FirstAdministrator>();
        builder.Services.AddSingleton<DemoPeople>();
        builder.Services.AddSingleton<Preparation>();
        builder.Services.AddHostedService<ScheduledPublication>();
        builder.Services.AddHostedService<BinSweep>();
        builder.Services.AddHostedService<AuditPruning>();
        builder.Services.AddSingleton(provider => new BuildIdentity(provider.GetRequiredService<PublicAddress>().ToString()));

        adjust?.Invoke(builder);
        var app = builder.Build();

        // What each answer carries, whoever makes it.
        app.UsePortalForwardedHeaders();
        app.UseHeadAsGet();
        app.UseSqlCount();
        app.UseSecurityHeaders();
        app.UseErrorPages();

        // Which page is asked for.
        app.UseControlCharacterGuard();
        app.UseRequestLocalization();
        app.UseRouting();
        app.UseSizeGuard();
        app.UseCanonicalUrls();

        // Who asks: never on a shared page, whose copy belongs to everybody.
        app.UseAuthenticationUnlessShared();
        app.UseImposedPasswords();
        app.UseRateLimiter();

        // What the page is made from: the tokens are read here, before anything below touches the database.
        app.UseStrictValidation();
        app.UseCacheStatus();
        app.UsePagesAtHand();
        app.UseOutputCache();
        app.UseWholePages();

        // What a browser has entered: behind the cache, so that a kept page asks no session store, and only where an action says that it uses it.
        app.UseSessions();

        app.MapPortalStaticFiles();
        app.MapControllers().WithStaticAssets();
        app.MapPortalHealth();
        return app;
    }
}
