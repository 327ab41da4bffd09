using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Data.Postgres;

static class PostgresSetup
{
    /// <param name="services">The services of the application.</param>
    /// <param name="url">What <c>DATABASE_URL</c> says.</param>
    /// <exception cref="DatabaseUnusableException">It is not the address of a PostgreSQL database.</exception>
    public static void AddPostgres(this IServiceCollection services, string url)
    {
        var address = DatabaseUrl.Parse(url);
        services.AddSingleton(provider => NpgsqlDataSource.Create(ForRequests(address, provider.GetRequiredService<IOptions<DataOptions>>().Value)));
        services.AddSingleton<DatabaseStart, PostgresStart>();
        services.AddPortalDbContext<PostgresPortalDbContext>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddOutbox(OutboxSql.Postgres,
            connections: provider => provider.GetRequiredService<NpgsqlDataSource>().CreateConnection(),
            poll: _ => new NpgsqlConnection(ForPoll(address)));
    }

    // A statement that the server does not answer is followed by a connection that asks it to cancel, for which the provider waits as long as for
    // any other: together they last no longer than they may.
    static string ForRequests(NpgsqlConnectionStringBuilder address, DataOptions options) => new NpgsqlConnectionStringBuilder(address.ConnectionString)
    {
        MaxPoolSize = options.MaximumConnections,
        Timeout = Math.Max(1, options.BusySeconds / 3),
        CommandTimeout = Math.Max(1, options.BusySeconds - (options.BusySeconds / 3)),
        CancellationTimeout = -1,
        // The portal's statements are few and come again and again: each connection has them parsed once.
        MaxAutoPrepare = 50,
        // A server that vanished without a word is noticed on idle connections too.
        TcpKeepAlive = true,
        TcpKeepAliveTime = 30,
    }.ConnectionString;

    // No step may last as long as a licence: a poll that hangs must leave time to say that the database is silent.
    static string ForPoll(NpgsqlConnectionStringBuilder address) => new NpgsqlConnectionStringBuilder(address.ConnectionString)
    {
        Pooling = false,
        Timeout = 1,
        CommandTimeout = 1,
        CancellationTimeout = -1,
    }.ConnectionString;
}
