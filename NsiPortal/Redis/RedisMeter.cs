using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NsiPortal.Redis;

/// <summary>What the client does, as the meter <c>NsiPortal.Redis</c>.</summary>
sealed class RedisMeter
{
    readonly Counter<long> sent;
    readonly Counter<long> failures;
    readonly Counter<long> openings;
    readonly Histogram<double> durations;

    public RedisMeter(IMeterFactory meters)
    {
        var meter = meters.Create("NsiPortal.Redis");
        sent = meter.CreateCounter<long>("nsiportal.redis.sent", "By");
        failures = meter.CreateCounter<long>("nsiportal.redis.failures");
        openings = meter.CreateCounter<long>("nsiportal.redis.connections");
        durations = meter.CreateHistogram<double>("nsiportal.redis.command.duration", "s");
    }

    public void Sent(int bytes) => sent.Add(bytes);

    public void Connected() => openings.Add(1);

    public void Answered(RedisCommand command, TimeSpan took) => durations.Record(took.TotalSeconds, new KeyValuePair<string, object?>("command", command.Name));

    public void Failed(Exception fault) => failures.Add(1, new KeyValuePair<string, object?>("kind", fault switch
    {
        RedisErrorException error => error.Code,
        RedisProtocolException => "protocol",
        OperationCanceledException => "cancelled",
        _ => "unavailable",
    }));
}
