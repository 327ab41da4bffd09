using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using NsiPortal.Caching.Invalidation;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Routes;
using NsiPortal.Data.Queries;

namespace NsiPortal.Data;

public static class DataSetup
{
    public static WebApplicationBuilder AddPortalData(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<DataOptions>().BindConfiguration(DataOptions.Section).ValidateDataAnnotations().ValidateOnStart()
            .Configure(options => options.Folder = Path.GetFullPath(builder.Configuration["PORTAL_DATA"] is { Length: > 0 } folder ? folder : options.Folder));
        services.AddSingleton<WriteGate>();
        services.AddSingleton<SqlCounter>();
        services.AddSingleton<DatabaseStart>();
        services.AddDbContextFactory<PortalDbContext>((provider, options) => options
            .UseSqlite(ConnectionString(provider.GetRequiredService<IOptions<DataOptions>>().Value))
            .AddInterceptors(provider.GetRequiredService<SqlCounter>(), provider.GetRequiredService<InvalidationInterceptor>(), new BulkGuard())
            // Migrations are written by hand, without a model snapshot; a test proves that they equal the model.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));

        // No pool: the poll keeps its connection, and nothing that requests do can take it away.
        services.AddOutbox(OutboxSql.Sqlite, provider =>
            new SqliteConnection(ConnectionString(provider.GetRequiredService<IOptions<DataOptions>>().Value, pooled: false)));
        services.AddSingleton(provider => new RouteMap(cancellation =>
            RouteTableQuery.LoadAsync(provider.GetRequiredService<IDbContextFactory<PortalDbContext>>(), cancellation)));
        // The file must be there, and hold what every page's key needs: an open handle outlives a deleted file.
        services.AddHealthChecks().AddDbContextCheck<PortalDbContext>("database", tags: ["ready"], customTestQuery: async (db, cancellation) =>
            await db.Database.CanConnectAsync(cancellation) && await db.Identity.AnyAsync(cancellation));
        return builder;
    }

    static string ConnectionString(DataOptions options, bool pooled = true) => new SqliteConnectionStringBuilder
    {
        DataSource = options.DatabaseFile,
        ForeignKeys = true,
        Pooling = pooled,
        DefaultTimeout = options.BusySeconds,
    }.ToString();
}
