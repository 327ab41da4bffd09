using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Tokens;
using NsiPortal.Data;
using NsiPortal.Redis;
using NsiPortal.Support;

namespace NsiPortal.Caching;

/// <summary>
/// The protections between replicas, each tried with it and without: the same happens, in an order that barriers keep, and only without it does a
/// reader get an old page. The licence, which would hide the lack for want of time, never ends.
/// </summary>
public sealed class SharedCacheControlTests : IAsyncLifetime
{
    const int TimeLimit = 90_000;
    const string Page = "/cours/sql/jointures";

    static readonly TimeSpan Hearing = Licence.Length + TimeSpan.FromMilliseconds(250);

    // Whoever waits for others waits until a test lets him go on; while one prepares, the clock flows, since a busy Redis may have somebody wait.
    readonly ManualTime time = new();
    readonly TempFolder data = new();
    readonly List<PortalHost> hosts = [];
    RedisServer redis = null!;
    Relay wayOfWriter = null!;
    Relay wayOfReader = null!;

    static CancellationToken Ending => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        (wayOfWriter, wayOfReader) = (new Relay(new Uri(redis.Url)), new Relay(new Uri(redis.Url)));
        await data.MigrateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            host.Services.GetRequiredService<CountedPolls>().Release();
            await host.DisposeAsync();
        }

        await wayOfWriter.DisposeAsync();
        await wayOfReader.DisposeAsync();
        await redis.DisposeAsync();
        await data.DisposeAsync();
    }

    /// <param name="way">To Redis; null for a process that has none.</param>
    /// <param name="mutate">Breaks something.</param>
    async Task<(PortalHost Host, HttpClient Visitor)> StartAsync(Relay? way, Action<IServiceCollection>? mutate = null)
    {
        var host = await PortalHost.StartAsync(data, builder =>
        {
            HeaderAuthentication.Add(builder);
            mutate?.Invoke(builder.Services);
            CountedPolls.Add(builder.Services);
            if (way is not null) builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<OutboxLog>(provider, time,
                (Func<System.Data.Common.DbConnection>)(() => provider.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext().Database.GetDbConnection())));
        }, way is null ? [] : [$"--REDIS_URL={way.Url}"]);
        hosts.Add(host);
        return (host, host.CreateClient());
    }

    /// <summary>A process that writes and one that reads, with what both know.</summary>
    async Task<(PortalHost Writer, PortalHost Reader, HttpClient Visitor)> StartBothAsync(
        Action<IServiceCollection>? mutateWriter = null, Action<IServiceCollection>? mutateReader = null)
    {
        var (writer, _) = await StartAsync(wayOfWriter, mutateWriter);
        var (reader, visitor) = await StartAsync(wayOfReader, mutateReader);
        await time.FlowAsync(writer.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("sql").WithChapter("jointures").Build());
            return db.SaveChangesAsync();
        }), Ending);
        await time.FlowAsync(SaveAsync(writer, "Avant."), Ending);
        await time.FlowAsync(() => AskAsync(visitor, "Avant."), Ending);
        await time.FlowAsync(() => AllDoneAsync(writer), Ending);
        return (writer, reader, visitor);
    }

    static Task SaveAsync(PortalHost writer, string text) => writer.WithDbAsync(async db =>
    {
        (await db.Chapters.SingleAsync(c => c.Slug == "jointures")).Write("x", Text.Of(text));
        await db.SaveChangesAsync();
    });

    static Task<bool> AllDoneAsync(PortalHost host) => host.WithDbAsync(async db => !await db.Set<CacheInvalidation>().AnyAsync(row => row.DoneIn == null));

    static async Task UntilAsync(Func<Task<bool>> done)
    {
        while (!await done()) await Task.Delay(5, Ending);
    }

    static Task UntilAsync(Func<bool> done) => UntilAsync(() => Task.FromResult(done()));

    /// <summary>Whether the page comes from the cache with this text.</summary>
    static async Task<bool> AskAsync(HttpClient visitor, string text)
    {
        var answer = await visitor.AskAsync(Page);
        return answer.Hit && answer.Text.Contains(text, StringComparison.Ordinal);
    }

    static async Task AssertShowsAsync(HttpClient visitor, string text) => Assert.Contains(text, (await visitor.AskAsync(Page)).Text, StringComparison.Ordinal);

    /// <summary>The old page can be had: a reader whom Redis keeps waiting, on a busy machine, goes past the cache once, and is not the proof.</summary>
    static Task UntilShownAsync(HttpClient visitor, string text) => UntilAsync(() => AskAsync(visitor, text));

    static CountedPolls PollsOf(PortalHost host) => host.Services.GetRequiredService<CountedPolls>();

    static Task UntilLostAsync(PortalHost host) => UntilAsync(() => !host.Services.GetRequiredService<RedisClient>().Available);

    /// <summary>Lets the time go on for those who wait, until one has what he waits for.</summary>
    /// <param name="saving">What he waits for.</param>
    /// <param name="atMost">How far the clock may go.</param>
    async Task WaitAsync(Task saving, TimeSpan atMost)
    {
        for (var waited = TimeSpan.Zero; waited < atMost && !saving.IsCompleted; waited += OutboxMarks.Interval)
        {
            await UntilAsync(() => saving.IsCompleted || time.WaitingFor(OutboxMarks.Interval) > 0);
            time.Advance(OutboxMarks.Interval);
        }

        // The last of what he waits for is a question to the database.
        await UntilAsync(() => saving.IsCompleted || time.WaitingFor(OutboxMarks.Interval) > 0);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_old_page_is_shown_only_when_a_process_without_redis_marks_rows(bool marks)
    {
        var (writer, reader, visitor) = await StartBothAsync();
        var (memory, _) = await StartAsync(way: null, services =>
        {
            if (!marks) return;
            services.AddSingleton<TagTokens, BoastfulMemory>();
            services.Mutate(sql => new RecklessMarks(sql));
        });
        await PollsOf(reader).HoldAsync(Ending);
        wayOfWriter.Cut();
        await UntilLostAsync(writer);
        var saving = SaveAsync(writer, "Après.");
        await UntilAsync(() => writer.WithDbAsync(db => db.Set<CacheInvalidation>().AnyAsync(row => row.DoneIn == null)));
        if (marks) await UntilAsync(() => AllDoneAsync(writer));
        else await PollsOf(memory).PassAsync(Ending);

        await WaitAsync(saving, 3 * OutboxMarks.Interval);
        Assert.Equal(marks, saving.IsCompleted);
        if (marks)
        {
            await UntilShownAsync(visitor, "Avant.");
            return;
        }

        PollsOf(reader).Release();
        time.Advance(TimeSpan.FromMilliseconds(250));
        await PollsOf(reader).PassAsync(Ending);
        await WaitAsync(saving, Hearing);
        await saving;
        await AssertShowsAsync(visitor, "Après.");
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("its own")]
    [InlineData("none")]
    [InlineData("another's")]
    public async Task An_old_page_is_shown_only_when_a_process_registers_another_store_than_it_reads(string name)
    {
        var (writer, _, _) = await StartBothAsync();
        var shared = await writer.WithDbAsync(db => db.Set<CacheReplica>().Select(replica => replica.Store).FirstAsync());
        var (memory, visitor) = await StartAsync(way: null, services =>
        {
            if (name != "its own") services.Mutate(sql => new FalseName(sql, name == "none" ? "" : shared!));
        });
        await UntilAsync(async () => await AskAsync(visitor, "Avant."));
        await PollsOf(memory).HoldAsync(Ending);

        var saving = SaveAsync(writer, "Après.");
        await UntilAsync(() => saving.IsCompleted || time.WaitingFor(OutboxMarks.Interval) > 0);
        // One for which Redis took too long, on a busy machine, waits whatever the names are.
        for (var again = 1; name != "its own" && !saving.IsCompleted; again++)
        {
            await time.FlowAsync(saving, Ending);
            saving = SaveAsync(writer, $"Après {again}.");
            await UntilAsync(() => saving.IsCompleted || time.WaitingFor(OutboxMarks.Interval) > 0);
        }

        if (name != "its own")
        {
            await UntilShownAsync(visitor, "Avant.");
            return;
        }

        Assert.False(saving.IsCompleted);
        PollsOf(memory).Release();
        await PollsOf(memory).PassAsync(Ending);
        await WaitAsync(saving, Hearing);
        await saving;
        await AssertShowsAsync(visitor, "Après.");
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_old_page_is_shown_only_when_a_token_is_sent_twice_and_lands_late(bool twice)
    {
        var (writer, reader, visitor) = await StartBothAsync(services =>
        {
            if (twice) services.Wrap((provider, inner) => new StubbornTokens(provider.GetRequiredService<RedisClient>(), inner));
        });
        foreach (var host in new[] { writer, reader }) await PollsOf(host).HoldAsync(Ending);
        // The writer's token is on its way, for longer than anybody waits.
        wayOfWriter.Keep();
        var saving = SaveAsync(writer, "Un.");
        await UntilLostAsync(writer);
        // Whoever sends it again needs nobody's poll.
        if (twice) await saving;
        PollsOf(writer).Release();
        await UntilAsync(() =>
        {
            time.Advance(OutboxMarks.Interval);
            return AllDoneAsync(writer);
        });
        await WaitAsync(saving, Hearing);
        await saving;
        PollsOf(reader).Release();
        await time.FlowAsync(() => AskAsync(visitor, "Un."), Ending);

        await time.FlowAsync(SaveAsync(writer, "Deux."), Ending);
        await time.FlowAsync(() => AskAsync(visitor, "Deux."), Ending);
        var tag = await writer.WithDbAsync(db => db.Chapters.Select(chapter => Tags.OfChapter(chapter.Id)).SingleAsync());
        var token = await redis.AskAsync($"HGET nsi_portal:gen {tag}");
        wayOfWriter.Release();
        await UntilAsync(async () => await redis.AskAsync($"HGET nsi_portal:gen {tag}") != token);
        await (twice ? UntilShownAsync(visitor, "Un.") : AssertShowsAsync(visitor, "Deux."));
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task An_old_page_is_shown_only_when_neither_the_epoch_is_compared_nor_another_store_heeded(bool compares, bool heeds)
    {
        void Mutate(IServiceCollection services) => services.AddSingleton<TagTokens>(provider => new TrustingTokens(provider.GetRequiredService<RedisClient>(), compares, heeds));
        var (writer, reader, visitor) = await StartBothAsync(Mutate, Mutate);
        await redis.AskAsync("SAVE");
        await time.FlowAsync(SaveAsync(writer, "Après."), Ending);
        // Nobody has anything left to do about it.
        await time.FlowAsync(() => AllDoneAsync(writer), Ending);
        foreach (var host in new[] { writer, reader }) await PollsOf(host).PassAsync(Ending);
        await redis.KillAsync();
        await redis.StartAgainAsync();
        await UntilAsync(async () => (await visitor.AskAsync(Page)).Hit);
        await (compares || heeds ? AssertShowsAsync(visitor, "Après.") : UntilShownAsync(visitor, "Avant."));
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_old_page_is_shown_only_when_tokens_are_used_before_a_poll_has_dealt_with_what_was_missed(bool hasty)
    {
        var (writer, reader, visitor) = await StartBothAsync(mutateReader: services =>
        {
            if (hasty) services.Wrap((_, inner) => new HastyTokens(inner));
        });
        await PollsOf(reader).HoldAsync(Ending);
        foreach (var way in new[] { wayOfWriter, wayOfReader }) way.Cut();
        foreach (var host in new[] { writer, reader }) await UntilLostAsync(host);
        var saving = SaveAsync(writer, "Après.");
        await WaitAsync(saving, Hearing);
        await saving;
        wayOfReader.Restore();
        await UntilAsync(() => reader.Services.GetRequiredService<RedisClient>().Available);
        await (hasty ? UntilShownAsync(visitor, "Avant.") : AssertShowsAsync(visitor, "Après."));
    }
}
