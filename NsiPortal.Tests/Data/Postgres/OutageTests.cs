using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;
using NsiPortal.Support;

namespace NsiPortal.Data.Postgres;

/// <summary>A server that vanishes under load and returns: what readers, writers and probes see meanwhile, and that nobody has to restart anything.</summary>
[Trait("Database", "PostgreSQL")]
public sealed class OutageTests(ITestOutputHelper output) : IAsyncDisposable
{
    const int BusySeconds = 3;

    /// <summary>The excess is for a busy machine, and less than readers would wait who wait for one another.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(BusySeconds + 4);

    const string Errors = "NsiPortal.Features.Errors.ErrorsController";

    static readonly string[] Kept = ["/cours/sql", "/cours/sql/jointures", "/robots.txt"];
    static readonly string[] NotKept = ["/essai/vif", "/essai/moi", "/essai/partage?q="];

    /// <summary>Kept or not, as the last save before has it.</summary>
    const string Written = "/cours/journal/gauche";

    static readonly string[] All = [.. Kept, .. NotKept, Written];

    readonly TempFolder data = new();
    readonly KeptLog log = new();
    readonly HandClock time = new();
    readonly ConcurrentQueue<Seen> seen = new();
    readonly ConcurrentQueue<Exception> refused = new();
    readonly CancellationTokenSource end = new();
    PortalHost host = null!;
    int asked;
    volatile int written;

    public enum Way
    {
        /// <summary>The server ends every connection and takes no new one.</summary>
        Closed,

        /// <summary>The server is gone: connections break, and new ones are refused.</summary>
        Cut,

        /// <summary>The network swallows all that is sent.</summary>
        Mute,
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        if (host is not null) await host.DisposeAsync();
        log.Dispose();
        end.Dispose();
        await data.DisposeAsync();
    }

    [Theory(Timeout = 180_000)]
    [InlineData(Way.Closed)]
    [InlineData(Way.Cut)]
    [InlineData(Way.Mute)]
    public async Task Pages_that_are_kept_go_on_and_all_else_waits_without_harm_until_it_is_back(Way way)
    {
        await using var relay = new Relay(new Uri(data.DatabaseUrl));
        host = await PortalHost.StartAsync(adjust: Adjust, settings: [$"--DATABASE_URL={relay.Url}", $"--Data:BusySeconds={BusySeconds}"]);
        // Another program, which reaches the database all the time.
        await using var beside = await PostgresServer.ConnectAsync(data.DatabaseUrl);
        await FillAsync();
        using var probe = host.CreateClient();
        List<Task> load = [.. Enumerable.Range(0, 4).Select(_ => ReadAsync()), WriteAsync()];
        await PassAsync(20);
        await UntilAsync(() => written >= 3);
        Assert.All(seen, answer => Assert.Equal(HttpStatusCode.OK, answer.Answer.Status));

        // It vanishes.
        var vanished = Stopwatch.StartNew();
        switch (way)
        {
            case Way.Closed: PostgresServer.Open(data.DatabaseUrl, open: false, except: beside); break;
            case Way.Cut: relay.Cut(); break;
            case Way.Mute: relay.Mute(); break;
        }

        await SilenceAsync();
        Assert.InRange(vanished.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        var silent = Stopwatch.GetTimestamp();
        // A save that had committed when it vanished is acknowledged late, once every other process must have heard; the next one is refused.
        var refusedBefore = refused.Count;
        await UntilAsync(() => refused.Count > refusedBefore);
        var writtenBefore = written;
        await UntilAsync(() => refused.Count > refusedBefore + 3);
        await PassAsync(30);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await probe.AskAsync("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await probe.AskAsync("/health/live")).Status);
        Assert.Contains("ne répond pas", (await probe.AskAsync("/etat")).Text, StringComparison.Ordinal);

        var during = seen.Where(answer => answer.Began >= silent).ToList();
        Assert.All(during.Where(answer => Kept.Contains(answer.Path)), answer =>
        {
            Assert.Equal((HttpStatusCode.OK, "unvouched", "no-store"), (answer.Answer.Status, answer.Answer.Header("Server-Timing"), answer.Answer.Header("Cache-Control")));
            Assert.EndsWith("; detail=unvouched", answer.Answer.CacheStatus, StringComparison.Ordinal);
        });
        Assert.All(during.Where(answer => NotKept.Contains(answer.Path)), answer =>
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "10"), (answer.Answer.Status, answer.Answer.Header("Retry-After")));
            Assert.Contains("momentanément indisponible", answer.Answer.Text, StringComparison.Ordinal);
        });
        Assert.Equal(writtenBefore, written);
        Assert.All(refused, fault => Assert.NotNull(DatabaseFault.In(fault)));

        // What another program changes meanwhile, with its row of the outbox.
        await beside.ExecuteAsync("""
            BEGIN;
            UPDATE "Chapters" SET "Html" = '<p>Pendant la panne.</p>' WHERE "Slug" = 'jointures';
            INSERT INTO "CacheInvalidation" ("Key", "Tags") SELECT 'panne', 'chapter:' || "Id" FROM "Chapters" WHERE "Slug" = 'jointures';
            COMMIT;
            """);

        // It returns.
        var restored = Stopwatch.StartNew();
        if (way == Way.Closed) PostgresServer.Open(data.DatabaseUrl, open: true);
        else relay.Restore();
        var licence = host.Services.GetRequiredService<Licence>();
        await UntilAsync(() => licence.Held);
        Assert.InRange(restored.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        var fresh = await probe.AskAsync("/cours/sql/jointures");
        await UntilAsync(async () => (fresh = await probe.AskAsync("/cours/sql/jointures")).Status == HttpStatusCode.OK);
        Assert.Contains("Pendant la panne.", fresh.Text, StringComparison.Ordinal);
        Assert.Null(fresh.Header("Server-Timing"));
        await UntilAsync(async () => (await probe.AskAsync("/health/ready")).Status == HttpStatusCode.OK);
        var writtenDuring = written;
        await UntilAsync(() => written >= writtenDuring + 3);
        var calm = Stopwatch.GetTimestamp();
        await PassAsync(20);
        await end.CancelAsync();
        await Task.WhenAll(load);

        Assert.All(seen.Where(answer => answer.Began >= calm), answer =>
            Assert.Equal((answer.Path, HttpStatusCode.OK, null), (answer.Path, answer.Answer.Status, answer.Answer.Header("Server-Timing"))));
        Assert.All(seen.Where(answer => answer.Began >= calm && answer.Path == "/cours/sql/jointures"), answer => Assert.Contains("Pendant la panne.", answer.Answer.Text, StringComparison.Ordinal));
        // From the first to the last.
        Assert.All(seen, answer => Assert.True(answer.Answer.Status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{answer.Path} {answer.Answer.Status}"));
        Assert.All(seen.Where(answer => Kept.Contains(answer.Path)), answer => Assert.Equal((answer.Path, HttpStatusCode.OK), (answer.Path, answer.Answer.Status)));
        Assert.InRange(seen.Max(answer => answer.Took), TimeSpan.Zero, LongestWait);
        // Both halves of the last save, and of no other.
        var halves = await host.WithDbAsync(db => db.Chapters.Where(c => c.Course.Slug == "journal").Select(c => c.Html).ToListAsync());
        Assert.Equal([$"<p>Version {written}.</p>", $"<p>Version {written}.</p>"], halves);
        // The log tells each refused reader in a line, without a page of stack trace.
        var told = log.Entries.Where(entry => entry.Level >= LogLevel.Warning).GroupBy(entry => (entry.Category, WithTrace: entry.Fault is not null)).ToDictionary(group => group.Key, group => group.Count());
        output.WriteLine($"{seen.Count} answers, slowest {seen.Max(answer => answer.Took)}; {written} written, {refused.Count} refused\n{string.Join('\n', told)}");
        Assert.Equal(seen.Count(answer => answer.Answer.Status == HttpStatusCode.ServiceUnavailable), told[(Errors, false)]);
        Assert.DoesNotContain((Errors, true), told.Keys);
        Assert.DoesNotContain(told.Keys, key => key.Category.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) && key.WithTrace);
    }

    void Adjust(WebApplicationBuilder builder)
    {
        HeaderAuthentication.Add(builder);
        // A poll that fails once more says so only to who listens closely.
        builder.Logging.AddProvider(log).AddFilter<KeptLog>(typeof(OutboxPoll).FullName, LogLevel.Debug);
        // The licence's two seconds pass when the test says so.
        builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<Licence>();
    }

    async Task FillAsync()
    {
        host.Probe.Render = http => host.WithDbAsync(async db => $"{await db.Courses.CountAsync(http.RequestAborted)} cours");
        await host.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("sql").WithChapter("jointures").Build());
            db.Add(new CourseBuilder("journal").WithChapter("gauche").WithChapter("droite").Build());
            return db.SaveChangesAsync();
        });
        using var visitor = host.CreateClient();
        foreach (var path in Kept) await UntilAsync(async () => (await visitor.AskAsync(path)).Hit);
    }

    /// <summary>Lets the licence run out with the database silent, without a moment between the two: then pages would be made anew, or not at all.</summary>
    async Task SilenceAsync()
    {
        await PollsFailAsync();
        time.Advance(Licence.Length / 2);
        await PollsFailAsync();
        time.Advance(Licence.Length / 2);
        Assert.True(host.Services.GetRequiredService<Licence>().DatabaseSilent);

        // The second to come has begun after the call, and so the first has been noted.
        Task PollsFailAsync()
        {
            var before = Failed();
            return UntilAsync(() => Failed() >= before + 2);
        }

        int Failed() => log.Entries.Count(entry => entry.Text.StartsWith("The outbox cannot be read", StringComparison.Ordinal));
    }

    async Task ReadAsync()
    {
        using var visitor = host.CreateClient();
        for (var turn = 0; !end.IsCancellationRequested; turn++)
        {
            foreach (var path in All)
            {
                // Nobody has asked for it before.
                var address = path.EndsWith('=') ? path + Interlocked.Increment(ref asked) : path;
                var began = Stopwatch.GetTimestamp();
                var answer = await visitor.AskAsync(address, "X-Test-User: alice");
                seen.Enqueue(new Seen(path, began, Stopwatch.GetElapsedTime(began), answer));
            }
        }
    }

    /// <summary>Each save writes both halves, and the readers' page of one of them is never kept for long.</summary>
    async Task WriteAsync()
    {
        while (!end.IsCancellationRequested)
        {
            var next = written + 1;
            try
            {
                await host.WithDbAsync(async db =>
                {
                    foreach (var chapter in await db.Chapters.Where(c => c.Course.Slug == "journal").ToListAsync()) chapter.Write("x", Text.Of($"Version {next}."));
                    await db.SaveChangesAsync();
                });
                written = next;
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.IAssertionException)
            {
                refused.Enqueue(fault);
            }
        }
    }

    /// <summary>Waits until every page has been asked for, and answered, so many times more.</summary>
    Task PassAsync(int turns)
    {
        var from = Stopwatch.GetTimestamp();
        return UntilAsync(() => All.All(path => seen.Count(answer => answer.Path == path && answer.Began >= from) >= turns));
    }

    static async Task UntilAsync(Func<bool> done)
    {
        while (!done()) await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    static async Task UntilAsync(Func<Task<bool>> done)
    {
        while (!await done()) await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    /// <summary>A licence runs out only when its hand is moved; what is timed goes on by itself.</summary>
    sealed class HandClock : TimeProvider
    {
        long elapsed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref elapsed);

        public void Advance(TimeSpan by) => Interlocked.Add(ref elapsed, by.Ticks);
    }

    sealed record Seen(string Path, long Began, TimeSpan Took, Answer Answer);
}
