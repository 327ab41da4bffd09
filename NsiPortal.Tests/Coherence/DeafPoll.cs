using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data;

namespace NsiPortal.Coherence;

/// <summary>Lets the poll of a process hang for a while, as a slow database or a starved machine does.</summary>
public sealed class DeafPoll
{
    long until;

    public static void Add(IServiceCollection services)
    {
        var poll = new DeafPoll();
        services.AddSingleton(poll);
        var sql = (OutboxSql)services.Last(service => service.ServiceType == typeof(OutboxSql)).ImplementationInstance!;
        services.AddSingleton(sql with { Reader = () => new HangingReader(sql.Reader(), poll) });
    }

    public void Deafen(TimeSpan time) => Volatile.Write(ref until, TimeProvider.System.GetTimestamp() + (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency));

    void Hang()
    {
        var left = TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), Volatile.Read(ref until));
        if (left > TimeSpan.Zero) Thread.Sleep(left);
    }

    sealed class HangingReader(OutboxReader inner, DeafPoll poll) : OutboxReader
    {
        public override void Start(DbConnection connection) => inner.Start(connection);

        public override IReadOnlyList<OutboxRow>? Read(DbConnection connection)
        {
            poll.Hang();
            return inner.Read(connection);
        }

        public override void Advance() => inner.Advance();
    }
}
