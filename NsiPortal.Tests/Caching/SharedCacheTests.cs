using System.Globalization;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Pages;
using NsiPortal.Data;
using NsiPortal.Support;

namespace NsiPortal.Caching;

/// <summary>Two replicas on one database and one Redis: what one makes the other serves, what one changes neither serves any more, and whatever Redis does costs misses only.</summary>
public sealed class SharedCacheTests : IAsyncLifetime
{
    const int TimeLimit = 90_000;
    const string Page = "/cours/sql/jointures";

    static readonly TimeSpan Hearing = Licence.Length + TimeSpan.FromMilliseconds(250);

    readonly KeptLog log = new();

    // Stands still where a test is about who waits for whom.
    readonly ManualTime time = new();
    RedisServer redis = null!;
    PortalHost one = null!;
    PortalHost two = null!;
    HttpClient first = null!;
    HttpClient second = null!;

    static CancellationToken Ending => TestContext.Current.CancellationToken;

    string Setting => $"--REDIS_URL={redis.Url}";

    public async ValueTask InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        one = await PortalHost.StartAsync(adjust: Adjust, settings: [Setting]);
        two = await PortalHost.StartAsync(beside: one, Adjust, Setting);
        (first, second) = (one.CreateClient(), two.CreateClient());
        await SaveAsync(one, db =>
        {
            db.Add(new CourseBuilder("sql").WithChapter("jointures").WithChapter("relations").Build());
            return db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        first.Dispose();
        second.Dispose();
        await two.DisposeAsync();
        await one.DisposeAsync();
        await redis.DisposeAsync();
        log.Dispose();
    }

    // Only the outbox's own waiting stands still.
    void Adjust(WebApplicationBuilder builder)
    {
        HeaderAuthentication.Add(builder);
        CountedPolls.Add(builder.Services);
        builder.Logging.AddProvider(log).AddFilter<KeptLog>("NsiPortal", LogLevel.Information);
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<OutboxLog>(provider, time,
            (Func<System.Data.Common.DbConnection>)(() => provider.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext().Database.GetDbConnection())));
    }

    Task UntilAsync(Func<Task<bool>> done) => time.FlowAsync(done, Ending);

    /// <returns>Whether it was acknowledged at once, as it is when Redis answers in time.</returns>
    async Task<bool> SaveAsync(PortalHost host, Func<PortalDbContext, Task> act)
    {
        var saving = host.WithDbAsync(act);
        var waits = false;
        await UntilAsync(() =>
        {
            waits |= time.WaitingFor(OutboxMarks.Interval) > 0;
            return Task.FromResult(saving.IsCompleted);
        });
        await saving;
        if (waits) await HearAsync();
        return !waits;
    }

    /// <summary>Has both polled.</summary>
    async Task HearAsync()
    {
        foreach (var host in new[] { one, two }) await host.Services.GetRequiredService<CountedPolls>().PassAsync(Ending);
    }

    /// <summary>Has both serve the page from their caches.</summary>
    async Task WarmAsync()
    {
        await UntilAsync(async () => (await first.AskAsync(Page)).Hit);
        await UntilAsync(async () => (await second.AskAsync(Page)).Hit);
    }

    static async Task WriteAsync(PortalDbContext db, string text)
    {
        (await db.Chapters.SingleAsync(c => c.Slug == "jointures")).Write("x", Text.Of(text));
        await db.SaveChangesAsync();
    }

    async Task AssertFreshAsync(string text)
    {
        Assert.Contains(text, (await first.AskAsync(Page)).Text, StringComparison.Ordinal);
        Assert.Contains(text, (await second.AskAsync(Page)).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_one_replica_makes_the_other_serves_without_making_it()
    {
        one.Probe.Render = _ => Task.FromResult("fait ici");
        await UntilAsync(async () => (await first.AskAsync("/essai/partage")).Hit);
        await UntilAsync(async () => (await redis.AskAsync("KEYS nsi_portal:page:*")).Contains("/ESSAI/PARTAGE", StringComparison.Ordinal));
        // A reading that Redis takes too long for, on a busy machine, makes the page for that reader alone.
        for (var (hits, misses) = (0, 0); hits < 3;)
        {
            var answer = await second.AskAsync("/essai/partage");
            if (answer.CacheStatus.Contains("fwd=bypass", StringComparison.Ordinal)) misses++;
            else Assert.Equal((true, "fait ici", hits++ == 0 ? answer.SqlCount : 0), (answer.Hit, answer.Text, answer.SqlCount));
            Assert.Equal(misses, two.Probe.Renders);
        }
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_save_is_acknowledged_at_once_and_neither_serves_what_was_before()
    {
        await WarmAsync();
        for (var (version, atOnce) = (1, 0); atOnce < 3; version++)
        {
            Assert.True(version < 20, "Saves wait for the others, however fast Redis answers.");
            if (await SaveAsync(two, db => WriteAsync(db, $"Version {version}."))) atOnce++;
            await AssertFreshAsync($"Version {version}.");
            await UntilAsync(async () => (await first.AskAsync(Page)).Hit);
        }
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_a_writer_that_died_after_its_commit_changed_is_heard_by_all()
    {
        await WarmAsync();
        await one.Data.ExecuteAsync("""
            BEGIN;
            UPDATE "Chapters" SET "Html" = '<p>Testament.</p>' WHERE "Slug" = 'jointures';
            INSERT INTO "CacheInvalidation" ("Key", "Tags") SELECT 'x', 'chapter:' || "Id" FROM "Chapters" WHERE "Slug" = 'jointures';
            COMMIT;
            """);
        foreach (var visitor in new[] { first, second })
        {
            await UntilAsync(async () =>
            {
                // A poll that came within its first moments leaves it to its writer for as long.
                time.Advance(OutboxMarks.Interval);
                return (await visitor.AskAsync(Page)).Text.Contains("Testament.", StringComparison.Ordinal);
            });
        }

        await UntilAsync(AllDoneAsync);
    }

    Task<bool> AllDoneAsync() => one.WithDbAsync(async db => !await db.Set<CacheInvalidation>().AnyAsync(row => row.DoneIn == null));

    [Fact(Timeout = TimeLimit)]
    public async Task While_redis_is_frozen_pages_are_made_anew_and_a_save_waits_until_everybody_must_have_heard()
    {
        await WarmAsync();
        redis.Freeze();
        // The first waits its time.
        await first.AskAsync(Page);
        await second.AskAsync(Page);
        var saving = one.WithDbAsync(db => WriteAsync(db, "Sans Redis."));
        while (time.WaitingFor(OutboxMarks.Interval) == 0) await Task.Yield();
        var read = await second.AskAsync(Page);
        Assert.Equal((HttpStatusCode.OK, "NsiPortal; fwd=bypass; detail=redis"), (read.Status, read.CacheStatus));
        Assert.False(saving.IsCompleted);
        for (var waited = TimeSpan.Zero; waited < Hearing && !saving.IsCompleted; waited += OutboxMarks.Interval)
        {
            while (time.WaitingFor(OutboxMarks.Interval) == 0 && !saving.IsCompleted) await Task.Yield();
            time.Advance(OutboxMarks.Interval);
        }

        await saving;
        await AssertFreshAsync("Sans Redis.");
        // In those two seconds, which passed at once here, everybody has polled.
        await HearAsync();
        // By the real clock the row may be younger than the moment for which a poll leaves it to its writer, who has long answered by this one.
        time.Advance(TimeSpan.FromMilliseconds(250));
        redis.Thaw();
        await WarmAsync();
        await AssertFreshAsync("Sans Redis.");
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_redis_that_comes_back_with_what_it_held_before_shows_nobody_an_old_page()
    {
        await SaveAsync(one, db => WriteAsync(db, "Avant."));
        await WarmAsync();
        await UntilAsync(async () => (await redis.AskAsync("KEYS nsi_portal:page:*")).Contains("JOINTURES", StringComparison.Ordinal));
        await redis.AskAsync("SAVE");
        await SaveAsync(one, db => WriteAsync(db, "Après."));
        // Nobody has anything left to do about it.
        await UntilAsync(AllDoneAsync);
        await HearAsync();
        await redis.KillAsync();
        await redis.StartAgainAsync();
        Assert.Contains("JOINTURES", await redis.AskAsync("KEYS nsi_portal:page:*"), StringComparison.Ordinal);
        await WarmAsync();
        await AssertFreshAsync("Après.");
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Nor_does_it_make_a_replica_believe_the_addresses_it_knew_then()
    {
        await WarmAsync();
        await redis.AskAsync("SAVE");
        await SaveAsync(one, async db =>
        {
            db.Add((await db.Courses.SingleAsync(c => c.Slug == "sql")).MoveTo("bases")!);
            await db.SaveChangesAsync();
        });
        await UntilAsync(AllDoneAsync);
        // Only the first has seen an address since.
        await UntilAsync(async () => (await first.AskAsync("/cours/bases/jointures")).Hit);
        await redis.KillAsync();
        await redis.StartAgainAsync();
        foreach (var visitor in new[] { first, second })
        {
            await UntilAsync(async () => (await visitor.AskAsync("/cours")).Hit);
            Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/cours/bases/jointures")).Status);
            Assert.Equal((HttpStatusCode.Redirect, "/cours/bases/jointures"), await MovedAsync(visitor));
        }

        static async Task<(HttpStatusCode, string?)> MovedAsync(HttpClient visitor)
        {
            var answer = await visitor.AskAsync(Page);
            return (answer.Status, answer.Header("Location"));
        }
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_server_that_was_a_copy_for_a_while_is_used_again()
    {
        await WarmAsync();
        await redis.AskAsync("REPLICAOF 127.0.0.1 1");
        foreach (var visitor in new[] { first, second })
            await UntilAsync(async () => (await visitor.AskAsync(Page)).CacheStatus == "NsiPortal; fwd=bypass; detail=redis");
        // The connections are the same, and what they reach calls itself something else.
        await redis.AskAsync("REPLICAOF NO ONE");
        await WarmAsync();
        await SaveAsync(two, db => WriteAsync(db, "De nouveau."));
        await AssertFreshAsync("De nouveau.");
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("FLUSHALL")]
    [InlineData("DEL nsi_portal:gen")]
    [InlineData("HDEL nsi_portal:gen epoch")]
    [InlineData("EVAL \"for _, k in ipairs(redis.call('KEYS', '*page*')) do redis.call('SET', k, 'rien') end\" 0")]
    [InlineData("EVAL \"for _, k in ipairs(redis.call('KEYS', '*page*')) do redis.call('SETRANGE', k, 200, 'XXXX') end\" 0")]
    [InlineData("EVAL \"for _, k in ipairs(redis.call('KEYS', '*page*')) do redis.call('DEL', k) redis.call('LPUSH', k, 'rien') end\" 0")]
    [InlineData("EVAL \"for _, f in ipairs(redis.call('HKEYS', 'nsi_portal:gen')) do redis.call('HSET', 'nsi_portal:gen', f, 'rien') end\" 0")]
    public async Task Whatever_becomes_of_what_it_holds_pages_are_right_and_a_save_is_seen(string command)
    {
        await WarmAsync();
        Assert.DoesNotContain("-ERR", await redis.AskAsync(command), StringComparison.Ordinal);
        foreach (var visitor in new[] { first, second })
        {
            var answer = await visitor.AskAsync("/cours/sql/relations");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.EndsWith("</html>", answer.Text.TrimEnd(), StringComparison.Ordinal);
        }

        await SaveAsync(one, db => WriteAsync(db, "Malgré tout."));
        await AssertFreshAsync("Malgré tout.");
        Assert.DoesNotContain(log.Entries, entry => entry.Level >= LogLevel.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_full_redis_serves_what_it_has_and_no_save_fails()
    {
        await WarmAsync();
        await redis.AskAsync("CONFIG SET maxmemory 1");
        await SaveAsync(one, db => WriteAsync(db, "Plein."));
        await AssertFreshAsync("Plein.");
        Assert.Equal("NsiPortal; fwd=bypass; detail=redis", (await first.AskAsync(Page)).CacheStatus);
        await redis.AskAsync("CONFIG SET maxmemory 0");
        await WarmAsync();
        await AssertFreshAsync("Plein.");
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData(0, 3)]
    [InlineData(50, 1)]
    public async Task A_request_whose_addresses_change_follows_them_twice_and_not_at_all_when_redis_is_slow(int milliseconds, int reads)
    {
        await WarmAsync();
        RestlessTokens restless = null!;
        await using var three = await PortalHost.StartAsync(beside: one, builder =>
        {
            Adjust(builder);
            builder.Services.Wrap((_, inner) => restless = new RestlessTokens(inner, TimeSpan.FromMilliseconds(milliseconds)));
            // No machine is too busy for the fast one.
            if (milliseconds == 0) builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PageRequests>(provider, time));
        }, Setting);
        using var third = three.CreateClient();
        // Past the cache altogether when Redis keeps it waiting.
        var (answer, before) = (await third.AskAsync(Page), 0);
        while (answer.CacheStatus.EndsWith("detail=redis", StringComparison.Ordinal)) (before, answer) = (restless.Reads, await third.AskAsync(Page));
        Assert.Equal((HttpStatusCode.OK, "NsiPortal; fwd=bypass; detail=routes", reads), (answer.Status, answer.CacheStatus, restless.Reads - before));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_replica_that_starts_finds_the_pages_of_the_others_when_every_change_has_been_heard_there()
    {
        await WarmAsync();
        await UntilAsync(AllDoneAsync);
        await UntilAsync(async () => (await redis.AskAsync("KEYS nsi_portal:page:*")).Contains("JOINTURES", StringComparison.Ordinal));
        var epoch = await redis.AskAsync("HGET nsi_portal:gen epoch");
        await using (var three = await PortalHost.StartAsync(beside: one, Adjust, Setting))
        {
            using var third = three.CreateClient();
            // A reading of Redis that takes too long on a busy machine makes the page for that reader alone, and keeps nothing.
            var told = "";
            await UntilAsync(async () => !(told = (await third.AskAsync(Page)).CacheStatus).Contains("fwd=bypass", StringComparison.Ordinal));
            Assert.StartsWith("NsiPortal; hit", told, StringComparison.Ordinal);
        }

        Assert.Equal(epoch, await redis.AskAsync("HGET nsi_portal:gen epoch"));

        // Changes that nobody says were heard there: whoever starts makes sure, once for all who follow.
        await one.Data.ExecuteAsync("""UPDATE "CacheInvalidation" SET "DoneIn" = 'ailleurs' """);
        await using var four = await PortalHost.StartAsync(beside: one, Adjust, Setting);
        await UntilAsync(async () => await redis.AskAsync("HGET nsi_portal:gen epoch") != epoch);
        var next = await redis.AskAsync("HGET nsi_portal:gen epoch");
        await UntilAsync(() => one.WithDbAsync(async db => !await db.Set<CacheInvalidation>().AnyAsync(row => row.DoneIn == "ailleurs")));
        await using var five = await PortalHost.StartAsync(beside: one, Adjust, Setting);
        Assert.Equal(next, await redis.AskAsync("HGET nsi_portal:gen epoch"));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_mark_that_could_not_be_made_is_made_later()
    {
        var tries = 0;
        await using var alone = await PortalHost.StartAsync(adjust: builder =>
        {
            Adjust(builder);
            builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<OutboxMarks>(provider,
                () => Interlocked.Increment(ref tries) == 1 ? throw new IOException("Not now.") : provider.GetRequiredService<OutboxLog>().Connect()));
        }, settings: [Setting]);
        await SaveAsync(alone, db =>
        {
            db.Add(new CourseBuilder("seul").Build());
            return db.SaveChangesAsync();
        });
        await UntilAsync(() => alone.WithDbAsync(async db => await db.Set<CacheInvalidation>().AllAsync(row => row.DoneIn != null)));
        Assert.True(tries > 1);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Beside_a_process_without_redis_a_save_waits_for_it_and_no_row_is_marked()
    {
        await WarmAsync();
        await UntilAsync(AllDoneAsync);
        await using var alone = await PortalHost.StartAsync(beside: one, builder =>
        {
            Adjust(builder);
            builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<Licence>();
        });
        using var third = alone.CreateClient();
        await UntilAsync(async () => (await third.AskAsync(Page)).Hit);
        var saving = two.WithDbAsync(db => WriteAsync(db, "Pour tous."));
        while (time.WaitingFor(OutboxMarks.Interval) == 0) await Task.Yield();
        Assert.False(saving.IsCompleted);
        await time.FlowAsync(saving, Ending);
        await AssertFreshAsync("Pour tous.");
        Assert.Contains("Pour tous.", (await third.AskAsync(Page)).Text, StringComparison.Ordinal);
        Assert.False(await AllDoneAsync());
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("redis://:secret@127.0.0.1:1/0", "does not answer")]
    [InlineData("http://:secret@127.0.0.1/0", "cannot be used")]
    public async Task A_redis_url_that_is_wrong_is_told_and_the_portal_serves(string url, string told)
    {
        await using var portal = await PortalHost.StartAsync(adjust: Adjust, settings: [$"--REDIS_URL={url}"]);
        using var visitor = portal.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/cours")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/health/ready")).Status);
        Assert.Contains(log.Entries, entry => entry.Level >= LogLevel.Warning && entry.Text.Contains(told, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Entries, entry => (entry.Text + entry.Fault).Contains("secret", StringComparison.Ordinal));
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("/essai/moi")]
    [InlineData("/essai/rang")]
    public async Task A_personal_page_is_its_own_reader_s_on_every_replica(string page)
    {
        one.Probe.Render = two.Probe.Render = http => Task.FromResult("pour " + http.User.FindFirstValue(ClaimTypes.NameIdentifier));
        for (var i = 0; i < 3; i++)
        {
            foreach (var visitor in new[] { first, second })
            {
                foreach (var reader in new[] { "alice", "bob" }) Assert.Equal("pour " + reader, (await visitor.AskAsync(page, $"X-Test-User: {reader}")).Text);
            }
        }
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_personal_page_stays_where_it_was_made_unless_it_is_bounded()
    {
        one.Probe.Render = _ => Task.FromResult("du premier");
        two.Probe.Render = _ => Task.FromResult("du second");
        foreach (var visitor in new[] { first, second }) await UntilAsync(async () => (await visitor.AskAsync("/essai/moi", "X-Test-User: alice")).Hit);
        Assert.Equal("du second", (await second.AskAsync("/essai/moi", "X-Test-User: alice")).Text);

        await UntilAsync(async () => (await first.AskAsync("/essai/rang", "X-Test-User: alice")).Hit);
        await UntilAsync(async () => (await redis.AskAsync("KEYS nsi_portal:page:*")).Contains("/ESSAI/RANG", StringComparison.Ordinal));
        var answer = await second.AskAsync("/essai/rang", "X-Test-User: alice");
        Assert.Equal((true, "du premier"), (answer.Hit, answer.Text));
        Assert.DoesNotContain("/ESSAI/MOI", await redis.AskAsync("KEYS *"), StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Redis_keeps_a_page_no_longer_than_its_action_says()
    {
        one.Probe.Render = http =>
        {
            http.KeepAtMost(TimeSpan.FromMinutes(3));
            return Task.FromResult("jusque-là");
        };
        await UntilAsync(async () => (await first.AskAsync("/essai/partage")).Hit);
        const string asking = "EVAL \"for _, key in ipairs(redis.call('KEYS', '*')) do if string.find(key, '/ESSAI/PARTAGE', 1, true) then return redis.call('PTTL', key) end end return -1\" 0";
        var left = -1L;
        await UntilAsync(async () => (left = long.Parse((await redis.AskAsync(asking)).Trim()[1..], CultureInfo.InvariantCulture)) >= 0);
        Assert.InRange(left, 1, 180_000);
    }
}
