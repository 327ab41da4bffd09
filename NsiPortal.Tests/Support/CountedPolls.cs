using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Support;

/// <summary>Counts the polls of a portal's outbox, so that a test knows when the portal has dealt with what is there.</summary>
public sealed class CountedPolls
{
    int begun;

    public static void Add(IServiceCollection services)
    {
        var polls = new CountedPolls();
        services.AddSingleton(polls);
        var sql = (OutboxSql)services.Last(service => service.ServiceType == typeof(OutboxSql)).ImplementationInstance!;
        services.AddSingleton(sql with { Reader = () => new CountingReader(sql.Reader(), polls) });
    }

    /// <summary>Returns when a poll that began after the call has ended.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        // The second to come begins when the first has ended.
        var before = Volatile.Read(ref begun);
        while (Volatile.Read(ref begun) < before + 2) await Task.Delay(5, cancellationToken);
    }

    sealed class CountingReader(OutboxReader inner, CountedPolls polls) : OutboxReader
    {
        public override void Start(DbConnection connection) => inner.Start(connection);

        public override IReadOnlyList<OutboxRow>? Read(DbConnection connection)
        {
            Interlocked.Increment(ref polls.begun);
            return inner.Read(connection);
        }

        public override void Advance() => inner.Advance();
    }
}
