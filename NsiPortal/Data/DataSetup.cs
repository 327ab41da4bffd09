using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NsiPortal.Caching.Invalidation;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Routes;
using NsiPortal.Data.Postgres;
using NsiPortal.Data.Queries;
using NsiPortal.Data.Sqlite;

namespace NsiPortal.Data;

/// <summary>The database: PostgreSQL when <c>DATABASE_URL</c> names one, which several replicas may share; otherwise a SQLite file for one machine.</summary>
public static class DataSetup
{
    public static WebApplicationBuilder AddPortalData(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<DataOptions>().BindConfiguration(DataOptions.Section).ValidateDataAnnotations().ValidateOnStart()
            .Configure(options => options.Folder = Path.GetFullPath(builder.Configuration["PORTAL_DATA"] is { Length: > 0 } folder ? folder : options.Folder));

        if (builder.Configuration["DATABASE_URL"] is { Length: > 0 } url) services.AddPostgres(url);
        else services.AddSqlite();

        services.AddSingleton<IInterceptor, SqlCounter>();
        services.AddSingleton<IInterceptor, InvalidationInterceptor>();
        services.AddSingleton<IInterceptor, BulkGuard>();
        services.AddSingleton(provider =>
        {
            var contexts = provider.GetRequiredService<IDbContextFactory<PortalDbContext>>();
            return new RouteMap(cancellation => RouteTableQuery.LoadAsync(contexts, cancellation), (course, chapter) => RouteTableQuery.FindAsync(contexts, course, chapter));
        });
        // The database must be there, and hold what every page's key needs: an open handle outlives a deleted file.
        services.AddHealthChecks().AddDbContextCheck<PortalDbContext>("database", tags: ["ready"], customTestQuery: async (db, cancellation) =>
            await db.Database.CanConnectAsync(cancellation) && await db.Identity.AnyAsync(cancellation));
        return builder;
    }

    /// <summary>Registers a database's own context, and the portal's as its other name.</summary>
    internal static void AddPortalDbContext<TContext>(this IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> connect) where TContext : PortalDbContext
    {
        services.AddDbContextFactory<TContext>((provider, options) =>
        {
            connect(provider, options);
            options.AddInterceptors(provider.GetServices<IInterceptor>());
            // Migrations are written by hand, without a model snapshot; a test proves that they equal the model.
            options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        });
        services.AddSingleton<IDbContextFactory<PortalDbContext>, Factory<TContext>>();
        services.AddScoped<PortalDbContext>(provider => provider.GetRequiredService<TContext>());
    }

    sealed class Factory<TContext>(IDbContextFactory<TContext> contexts) : IDbContextFactory<PortalDbContext> where TContext : PortalDbContext
    {
        public PortalDbContext CreateDbContext() => contexts.CreateDbContext();
    }
}
