using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Tokens;
using NsiPortal.Support;

namespace NsiPortal.Caching;

/// <summary>Two replicas that are told to lease tokens, on a Redis whose news reaches the second one by a way of its own. A lease is over when the tests say so.</summary>
public sealed class LeasedPagesTests : IAsyncLifetime
{
    const int TimeLimit = 90_000;
    const string Page = "/cours/sql/jointures";

    readonly ManualTime time = new();
    RedisServer redis = null!;
    Relay way = null!;
    PortalHost one = null!;
    PortalHost two = null!;
    HttpClient first = null!;
    HttpClient second = null!;

    public async ValueTask InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        way = new Relay(new Uri(redis.Url));
        one = await PortalHost.StartAsync(adjust: Adjust, settings: [$"--REDIS_URL={redis.Url}", "--Cache:TokenLease=00:00:01"]);
        two = await PortalHost.StartAsync(beside: one, Adjust, $"--REDIS_URL={way.Url}", "--Cache:TokenLease=00:00:01");
        (first, second) = (one.CreateClient(), two.CreateClient());
        await one.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("sql").WithChapter("jointures").Build());
            return db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        first.Dispose();
        second.Dispose();
        await two.DisposeAsync();
        await one.DisposeAsync();
        await way.DisposeAsync();
        await redis.DisposeAsync();
    }

    void Adjust(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<TagTokens>(provider => ActivatorUtilities.CreateInstance<RedisTokens>(provider, time));

    static async Task UntilAsync(Func<Task<bool>> done)
    {
        while (!await done()) await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    async Task WarmAsync()
    {
        foreach (var visitor in new[] { first, second }) await UntilAsync(async () => (await visitor.AskAsync(Page)).CacheStatus.EndsWith("; detail=leased", StringComparison.Ordinal));
    }

    Task WriteAsync(string text) => one.WithDbAsync(async db =>
    {
        (await db.Chapters.SingleAsync(c => c.Slug == "jointures")).Write("x", Text.Of(text));
        await db.SaveChangesAsync();
    });

    async Task<string> ReadingsAsync() =>
        (await redis.AskAsync("INFO commandstats")).Split('\n').SingleOrDefault(line => line.StartsWith("cmdstat_hmget", StringComparison.Ordinal)) ?? "";

    [Fact(Timeout = TimeLimit)]
    public async Task Hits_ask_redis_nothing_and_say_so()
    {
        await WarmAsync();
        var before = await ReadingsAsync();
        for (var i = 0; i < 20; i++)
        {
            foreach (var visitor in new[] { first, second })
            {
                var answer = await visitor.AskAsync(Page);
                Assert.StartsWith("NsiPortal; hit; ttl=", answer.CacheStatus, StringComparison.Ordinal);
                Assert.EndsWith("; detail=leased", answer.CacheStatus, StringComparison.Ordinal);
            }
        }

        Assert.NotEqual("", before);
        Assert.Equal(before, await ReadingsAsync());
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_change_is_seen_at_once_where_it_is_made_and_elsewhere_as_soon_as_news_arrives()
    {
        for (var i = 1; i <= 5; i++)
        {
            await WarmAsync();
            await WriteAsync($"Version {i}.");
            Assert.Contains($"Version {i}.", (await first.AskAsync(Page)).Text, StringComparison.Ordinal);
            await UntilAsync(async () =>
            {
                var answer = await second.AskAsync(Page);
                var fresh = answer.Text.Contains($"Version {i}.", StringComparison.Ordinal);
                Assert.True(fresh || answer.CacheStatus.EndsWith("; detail=leased", StringComparison.Ordinal), answer.CacheStatus);
                return fresh;
            });
        }
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_was_just_published_is_nowhere_denied()
    {
        for (var i = 1; i <= 5; i++)
        {
            await WarmAsync();
            await one.WithDbAsync(db =>
            {
                db.Add(new CourseBuilder($"neuf-{i}").WithChapter("debut").Build());
                return db.SaveChangesAsync();
            });
            Assert.Equal(HttpStatusCode.OK, (await second.AskAsync($"/cours/neuf-{i}/debut")).Status);
        }
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("FLUSHALL")]
    [InlineData("DEL nsi_portal:gen")]
    [InlineData("HDEL nsi_portal:gen epoch")]
    public async Task What_redis_loses_is_not_leased_any_more(string command)
    {
        await WarmAsync();
        await redis.AskAsync(command);
        await UntilAsync(async () => !(await second.AskAsync(Page)).Hit);
        await WarmAsync();
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Once_the_lease_is_over_a_process_that_news_does_not_reach_serves_nothing_old()
    {
        await WarmAsync();
        way.Mute();
        await WriteAsync("Inouï.");
        var answer = await second.AskAsync(Page);
        Assert.True(answer.Text.Contains("Inouï.", StringComparison.Ordinal) || answer.CacheStatus.EndsWith("; detail=leased", StringComparison.Ordinal), answer.CacheStatus);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("Inouï.", (await second.AskAsync(Page)).Text, StringComparison.Ordinal);
        way.Restore();
        await WarmAsync();
        Assert.Contains("Inouï.", (await second.AskAsync(Page)).Text, StringComparison.Ordinal);
    }
}
