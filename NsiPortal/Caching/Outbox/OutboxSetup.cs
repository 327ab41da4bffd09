using System.Data.Common;
using NsiPortal.Caching.Monitoring;

namespace NsiPortal.Caching.Outbox;

public static class OutboxSetup
{
    /// <param name="services">The services of the application.</param>
    /// <param name="sql">The dialect of the database.</param>
    /// <param name="connections">Makes a closed connection, for what processes tell of themselves.</param>
    /// <param name="poll">Makes the poll's closed connection, which belongs to no pool: nothing that requests do can take it away.</param>
    public static void AddOutbox(
        this IServiceCollection services, OutboxSql sql, Func<IServiceProvider, DbConnection> connections, Func<IServiceProvider, DbConnection> poll)
    {
        services.AddSingleton(sql);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<OutboxMarks>(provider, () => connections(provider)));
        services.AddHostedService(provider => provider.GetRequiredService<OutboxMarks>());
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<OutboxLog>(provider, () => connections(provider)));
        services.AddSingleton<Licence>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<OutboxPoll>(provider, () => poll(provider)));
        // Behind the poll, which registers the process.
        services.AddHostedService<CacheReporter>();
        services.AddSingleton<CacheReports>();
    }
}
