using System.Data.Common;
using NsiPortal.Caching.Monitoring;

namespace NsiPortal.Caching.Outbox;

public static class OutboxSetup
{
    /// <param name="services">The services of the application.</param>
    /// <param name="sql">The dialect of the database.</param>
    /// <param name="connections">Makes a closed connection to it that belongs to no pool of the requests.</param>
    public static void AddOutbox(this IServiceCollection services, OutboxSql sql, Func<IServiceProvider, DbConnection> connections)
    {
        services.AddSingleton(sql);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<OutboxLog>(provider, () => connections(provider)));
        services.AddSingleton<Licence>();
        services.AddHostedService<OutboxPoll>();
        // Behind the poll, which registers the process.
        services.AddHostedService<CacheReporter>();
        services.AddSingleton<CacheReports>();
    }
}
