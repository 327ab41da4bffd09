using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Invalidation;
using NsiPortal.Caching.Tokens;
using NsiPortal.Data;
using NsiPortal.Support;

namespace NsiPortal.Coherence;

/// <summary>
/// The promise, tried at random in one process: no reader sees a page older than the last change acknowledged before the read began, none
/// that was rolled back, none of another user, none cut short. And the trial itself is tried: with each protection broken, it goes red.
/// </summary>
[Collection(nameof(CoherenceTests))]
[CollectionDefinition(nameof(CoherenceTests), DisableParallelization = true)]
public sealed class CoherenceTests(ITestOutputHelper output)
{
    const int WritersCount = 3;
    const int ReadersCount = 6;
    const int CourseCount = 6;
    const int ReadsPerWrite = 20;

    /// <summary>Writes that readers may be ahead of their writers.</summary>
    const int Backlog = 50;
    const int TimeLimit = 600_000;

    [Fact(Timeout = TimeLimit)]
    public async Task Fifty_thousand_reads_beside_writers_are_fresh_clean_isolated_and_whole()
    {
        await using var host = await StartAsync();
        var readers = await RunAsync(host, reads: 50_000, stopAtFirstViolation: false);

        Assert.Empty(readers.Violations.Take(10));
        Assert.True(readers.Reads >= 50_000);
        // Not vacuous: beside a write every twenty reads, a fair part still comes from the cache, and every kind of answer occurred.
        Assert.InRange(readers.Hits, readers.Reads / 5, readers.Reads);
        Assert.True(readers.NotModified > 100 && readers.Redirects > 10 && readers.Aborted > 100);
        await CalmAsync(host);
    }

    [Fact(Timeout = TimeLimit)]
    public Task It_goes_red_when_the_tokens_leave_the_key() =>
        GoesRedAsync(builder => builder.Services.AddSingleton<TagTokens, FrozenTokens>());

    [Fact(Timeout = TimeLimit)]
    public Task It_goes_red_when_the_tokens_are_read_after_the_page_was() => GoesRedAsync(builder =>
    {
        builder.Services.AddSingleton<Meeting>();
        builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter, EarlySnapshot>();
        builder.Services.AddSingleton<IInterceptor, AnnounceSave>();
    });

    [Fact(Timeout = TimeLimit)]
    public Task It_goes_red_when_eviction_comes_before_the_commit() => GoesRedAsync(builder =>
    {
        builder.Services.AddSingleton<Meeting>();
        builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter, AnnounceRead>();
        builder.Services.AddSingleton<TagTokens, MuteTokens>();
        builder.Services.AddSingleton<IInterceptor>(services =>
            new EarlyEviction((MuteTokens)services.GetRequiredService<TagTokens>(), services.GetRequiredService<Meeting>()));
    });

    static Task<PortalHost> StartAsync(Action<WebApplicationBuilder>? mutate = null) => PortalHost.StartAsync(adjust: builder =>
    {
        HeaderAuthentication.Add(builder);
        mutate?.Invoke(builder);
    });

    async Task GoesRedAsync(Action<WebApplicationBuilder> mutate)
    {
        await using var host = await StartAsync(mutate);
        var readers = await RunAsync(host, reads: 50_000, stopAtFirstViolation: true);
        Assert.NotEmpty(readers.Violations);
        output.WriteLine($"Caught after {readers.Reads} reads: {readers.Violations.First()}");
    }

    async Task<Readers> RunAsync(PortalHost host, int reads, bool stopAtFirstViolation)
    {
        var seed = Environment.GetEnvironmentVariable("COHERENCE_SEED") is { Length: > 0 } given ? int.Parse(given) : Random.Shared.Next();
        output.WriteLine($"COHERENCE_SEED={seed}");
        var school = new School(order => host.WithDbAsync(order.PerformAsync), imports: 1, schedules: false);
        await school.OpenAsync(CourseCount);
        host.Probe.Render = SchoolPages.RenderAsync;

        using var client = host.CreateClient();
        var door = new Door(client, () => Task.FromResult(false));
        var readers = new Readers(school);
        var over = false;
        var begun = 0;
        // Writers and readers keep pace by permits, so that the mix does not depend on the machine.
        using var permits = new SemaphoreSlim(WritersCount);
        async ValueTask<bool> NextAsync()
        {
            while (permits.CurrentCount > Backlog && !Volatile.Read(ref over)) await Task.Delay(1);
            if (Volatile.Read(ref over)) return false;
            var mine = Interlocked.Increment(ref begun);
            if (mine % ReadsPerWrite == 0) permits.Release();
            if (readers.Reads < reads && !(stopAtFirstViolation && readers.Violations.Count > 0)) return true;
            Volatile.Write(ref over, true);
            permits.Release(WritersCount);
            return false;
        }

        var writing = Enumerable.Range(0, WritersCount).Select(i => Task.Run(async () =>
        {
            var random = new Random(seed + i);
            while (true)
            {
                await permits.WaitAsync();
                if (Volatile.Read(ref over)) return;
                await school.ChangeAsync(random);
            }
        }));
        var reading = Enumerable.Range(0, ReadersCount).Select(i => Task.Run(() => readers.ReadAsync(new Random(seed + 100 + i), _ => door, NextAsync)));
        await Task.WhenAll(reading.Concat(writing));

        var writes = school.Registers.Values.Sum(r => r.Count);
        output.WriteLine($"{readers.Reads} reads, {writes} writes, {100.0 * readers.Hits / readers.Reads:0} % hits, {readers.NotModified} not modified, "
            + $"{readers.Redirects} redirects, {readers.Aborted} aborted, {readers.Violations.Count} violations");
        return readers;
    }

    /// <summary>When nothing changes, the second reader of a page always gets it from the cache.</summary>
    static async Task CalmAsync(PortalHost host)
    {
        using var visitor = host.CreateClient();
        var pages = (await visitor.AskAsync("/cours")).Text.Split('"').Where(part => part.StartsWith("/cours/", StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(pages);
        foreach (var page in pages)
        {
            await visitor.AskAsync(page);
            Assert.True((await visitor.AskAsync(page)).Hit);
        }
    }
}
