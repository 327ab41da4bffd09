using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using NsiPortal.Caching.Pages;

namespace NsiPortal.Caching.Monitoring;

/// <summary>What the page cache of this process did since its start, also as the meter <c>NsiPortal.Cache</c>.</summary>
public sealed class CacheCounters
{
    readonly long[] pages = new long[Enum.GetValues<PageStatus>().Length];
    readonly long[] answers = new long[2];
    readonly long[] hits = new long[2];
    readonly ConcurrentDictionary<string, StrongBox<long>> bypasses = new();
    readonly DateTimeOffset since;
    readonly PageStore store;
    long made;
    long received;

    internal CacheCounters(IMeterFactory meters, PageStore store, TimeProvider time)
    {
        this.store = store;
        since = time.GetUtcNow();
        var meter = meters.Create("NsiPortal.Cache");
        meter.CreateObservableCounter("nsiportal.cache.pages", () => Enum.GetValues<PageStatus>()
            .Select(status => new Measurement<long>(Count(status), new KeyValuePair<string, object?>("outcome", status.ToString().ToLowerInvariant()))));
        meter.CreateObservableCounter("nsiportal.cache.bypasses", () => bypasses
            .Select(bypass => new Measurement<long>(Volatile.Read(ref bypass.Value.Value), new KeyValuePair<string, object?>("reason", bypass.Key))));
        meter.CreateObservableCounter("nsiportal.cache.invalidations", () => new[]
        {
            new Measurement<long>(Volatile.Read(ref made), new KeyValuePair<string, object?>("origin", "made")),
            new Measurement<long>(Volatile.Read(ref received), new KeyValuePair<string, object?>("origin", "received")),
        });
        meter.CreateObservableUpDownCounter("nsiportal.cache.entries", () => store.Count);
        meter.CreateObservableUpDownCounter("nsiportal.cache.size", () => store.Bytes, "By");
    }

    /// <param name="status">What became of it.</param>
    /// <param name="shared">Whether it is everybody's, or one user's; null for a page that is never kept.</param>
    internal void AddPage(PageStatus status, bool? shared)
    {
        Interlocked.Increment(ref pages[(int)status]);
        if (shared is not { } everybodys) return;
        Interlocked.Increment(ref answers[everybodys ? 0 : 1]);
        if (status is PageStatus.Hit or PageStatus.Collapsed) Interlocked.Increment(ref hits[everybodys ? 0 : 1]);
    }

    /// <param name="reason">One of the few that the code names, never what a reader sent.</param>
    /// <param name="shared">As <see cref="AddPage"/>.</param>
    internal void AddBypass(string reason, bool? shared)
    {
        AddPage(PageStatus.Bypass, shared);
        Interlocked.Increment(ref bypasses.GetOrAdd(reason, static _ => new StrongBox<long>()).Value);
    }

    internal void AddMade() => Interlocked.Increment(ref made);

    internal void AddReceived(int changes) => Interlocked.Add(ref received, changes);

    internal CacheReport Report(IReadOnlyList<KeptPage> kept) => new()
    {
        Host = Environment.MachineName,
        ProcessId = Environment.ProcessId,
        Since = since,
        Hits = Count(PageStatus.Hit),
        Stored = Count(PageStatus.Stored),
        Collapsed = Count(PageStatus.Collapsed),
        Uncacheable = Count(PageStatus.Uncacheable),
        Shared = new KindOfPages(Volatile.Read(ref answers[0]), Volatile.Read(ref hits[0])),
        Personal = new KindOfPages(Volatile.Read(ref answers[1]), Volatile.Read(ref hits[1])),
        Bypasses = bypasses.OrderBy(bypass => bypass.Key, StringComparer.Ordinal).ToDictionary(bypass => bypass.Key, bypass => Volatile.Read(ref bypass.Value.Value)),
        Entries = store.Count,
        Bytes = store.Bytes,
        Made = Volatile.Read(ref made),
        Received = Volatile.Read(ref received),
        Pages = kept,
    };

    long Count(PageStatus status) => Volatile.Read(ref pages[(int)status]);
}
