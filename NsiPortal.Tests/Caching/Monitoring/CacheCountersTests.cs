using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Pages;
using NsiPortal.Support;

namespace NsiPortal.Caching.Monitoring;

/// <summary>The counters tell what the <c>Cache-Status</c> of each answer told.</summary>
public sealed class CacheCountersTests
{
    [Fact(Timeout = 60_000)]
    public async Task Each_answer_is_counted_once_as_what_it_said_it_was()
    {
        await using var host = await PortalHost.StartAsync();
        using var visitor = host.CreateClient();
        string[] paths = ["/cours", "/cours", "/cours", "/cours/inconnu", "/essai/vif", "/sitemap.xml", "/cours?niveau=a&niveau=b", "/n-existe-pas"];
        var answers = new List<Answer>();
        foreach (var path in paths)
        {
            answers.Add(await visitor.AskAsync(path));
            // A page is stored after its last byte has been sent.
            while (host.Services.GetRequiredService<PageFlights>().Count > 0) await Task.Yield();
        }

        var report = await ReportAsync(host);
        Assert.Equal(2, report.Hits);
        Assert.Equal(answers.Count(answer => answer.Hit), report.Hits);
        Assert.Equal(answers.Count(answer => answer.Stored), report.Stored);
        Assert.Equal(
            answers.Where(answer => answer.CacheStatus.Contains("fwd=bypass", StringComparison.Ordinal)).GroupBy(answer => answer.CacheStatus.Split("detail=")[1])
                .ToDictionary(group => group.Key, group => (long)group.Count()),
            report.Bypasses);
        Assert.Equal(["/sitemap.xml", "/cours"], report.Pages.Select(page => page.Address));
        Assert.Equal(2, report.Entries);
        Assert.True(report.Bytes > report.Pages.Sum(page => page.Bytes));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_leaves_the_memory_leaves_the_count()
    {
        await using var host = await PortalHost.StartAsync(settings: "--Cache:MemoryLimit=100000");
        host.Probe.Render = _ => Task.FromResult(new string('x', 10_000));
        using var visitor = host.CreateClient();
        for (var i = 0; i < 50; i++) await visitor.AskAsync($"/essai/partage?q={i}");

        var store = host.Services.GetRequiredService<PageStore>();
        // Evictions are told a moment later.
        while (store.Bytes > 100_000) await Task.Yield();
        Assert.InRange(store.Bytes, store.Count * 10_000, 100_000);
    }

    [Fact]
    public async Task The_list_of_pages_is_bounded_and_begins_with_the_last()
    {
        await using var host = await PortalHost.StartAsync();
        using var visitor = host.CreateClient();
        for (var i = 0; i < 205; i++) await visitor.AskAsync($"/essai/partage?q={i}");
        while (host.Services.GetRequiredService<PageFlights>().Count > 0) await Task.Yield();

        Assert.Equal(Enumerable.Range(5, 200).Reverse().Select(i => $"/essai/partage?q={i}"), (await ReportAsync(host)).Pages.Select(page => page.Address));
    }

    [Fact]
    public async Task The_meter_tells_the_same()
    {
        await using var host = await PortalHost.StartAsync();
        using var visitor = host.CreateClient();
        foreach (var path in (string[])["/cours", "/cours", "/essai/vif"]) await visitor.AskAsync(path);
        await host.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("sql").Build());
            return db.SaveChangesAsync();
        });

        var told = new Dictionary<string, long>();
        using var listener = new MeterListener();
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter is { Name: "NsiPortal.Cache" } meter && meter.Scope == meters) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => told[$"{instrument.Name} {(labels.IsEmpty ? "" : labels[0].Value)}".Trim()] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => told[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal(1, told["nsiportal.cache.pages hit"]);
        Assert.Equal(1, told["nsiportal.cache.pages stored"]);
        Assert.Equal(1, told["nsiportal.cache.bypasses live"]);
        Assert.Equal(1, told["nsiportal.cache.entries"]);
        Assert.True(told["nsiportal.cache.size"] > 0);
        Assert.Equal(host.Services.GetRequiredService<CacheCounters>().Report([]).Made, told["nsiportal.cache.invalidations made"]);
        Assert.True(told["nsiportal.cache.invalidations made"] > 0);
    }

    static async Task<CacheReport> ReportAsync(PortalHost host) => host.Services.GetRequiredService<CacheCounters>()
        .Report(await host.Services.GetRequiredService<KeptPages>().CurrentAsync(CancellationToken.None));
}
