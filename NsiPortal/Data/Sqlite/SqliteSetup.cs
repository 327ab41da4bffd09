using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Data.Sqlite;

static class SqliteSetup
{
    public static void AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<WriteGate>();
        services.AddSingleton<DatabaseStart, SqliteStart>();
        services.AddPortalDbContext<SqlitePortalDbContext>((provider, options) => options.UseSqlite(ConnectionString(provider, pooled: true)));
        services.AddOutbox(OutboxSql.Sqlite,
            connections: provider => new SqliteConnection(ConnectionString(provider, pooled: true)),
            poll: provider => new SqliteConnection(ConnectionString(provider, pooled: false)));
    }

    static string ConnectionString(IServiceProvider provider, bool pooled)
    {
        var options = provider.GetRequiredService<IOptions<DataOptions>>().Value;
        return new SqliteConnectionStringBuilder
        {
            DataSource = options.DatabaseFile,
            ForeignKeys = true,
            Pooling = pooled,
            DefaultTimeout = options.BusySeconds,
        }.ToString();
    }
}
