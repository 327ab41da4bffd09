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
        services.Configure<DataOptions>(options => options.Folder = Path.GetFullPath(builder.Configuration["PORTAL_DATA"] is { Length: > 0 } folder ? folder : options.Folder));
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
        services.AddHealthChecks().AddDbContextCheck<PortalDbContext>("database", tags: ["ready"]);
        return builder;
    }

    static string ConnectionString(DataOptions options, bool pooled = true) => new SqliteConnectionStringBuilder
    {
        DataSource = options.DatabaseFile,
        ForeignKeys = true,
        Pooling = pooled,
        // How long a statement waits for another process's write before it fails.
        DefaultTimeout = 15,
    }.ToString();
}
