using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Support;

/// <summary>Counts the polls of a portal's outbox, so that a test knows when the portal has dealt with what is there; and holds them, so that it has not.</summary>
public sealed class CountedPolls
{
    readonly ManualResetEventSlim free = new(initialState: true);
    int begun;
    int held;

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

    /// <summary>Returns when no poll goes on and none will before <see cref="Release"/>.</summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        free.Reset();
        while (Volatile.Read(ref held) == 0) await Task.Delay(5, cancellationToken);
    }

    public void Release() => free.Set();

    sealed class CountingReader(OutboxReader inner, CountedPolls polls) : OutboxReader
    {
        public override void Start(DbConnection connection) => inner.Start(connection);

        public override IReadOnlyList<OutboxRow>? Read(DbConnection connection)
        {
            Interlocked.Increment(ref polls.begun);
            if (!polls.free.IsSet)
            {
                Interlocked.Increment(ref polls.held);
                polls.free.Wait();
                Interlocked.Decrement(ref polls.held);
            }

            return inner.Read(connection);
        }

        public override void Advance() => inner.Advance();
    }
}
