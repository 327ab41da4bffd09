using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NsiPortal.Caching.Pages;
using NsiPortal.Caching.Tokens;
using NsiPortal.Redis;
using NsiPortal.Support;

namespace NsiPortal.Caching;

/// <summary>Two replicas that lack the same page at once, on one Redis: one makes it. How long the other waits is told by a clock of the tests.</summary>
public sealed class ReplicaFlightTests : IAsyncLifetime
{
    const int TimeLimit = 90_000;
    const string Page = "/essai/partage";

    static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    readonly ManualTime time = new();
    TaskCompletionSource<string> making = Making();
    RedisServer redis = null!;
    PortalHost one = null!;
    PortalHost two = null!;
    HttpClient first = null!;
    HttpClient second = null!;

    public async ValueTask InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        one = await PortalHost.StartAsync(adjust: HeaderAuthentication.Add, settings: [$"--REDIS_URL={redis.Url}"]);
        two = await PortalHost.StartAsync(beside: one, Follow, $"--REDIS_URL={redis.Url}");
        (first, second) = (one.CreateClient(), two.CreateClient());
        one.Probe.Render = _ => making.Task;
        two.Probe.Render = _ => Task.FromResult("fait par le second");
        // Both are past their start: the tokens of the page can be read.
        foreach (var visitor in new[] { first, second })
        {
            Task<Answer> asking;
            // The second may find the first making the page still, and wait for it.
            do await time.FlowAsync(asking = visitor.AskAsync("/cours"), TestContext.Current.CancellationToken);
            while (!(await asking).Hit);
        }
    }

    public async ValueTask DisposeAsync()
    {
        making.TrySetResult("");
        first.Dispose();
        second.Dispose();
        await two.DisposeAsync();
        await one.DisposeAsync();
        await redis.DisposeAsync();
    }

    static TaskCompletionSource<string> Making() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    void Follow(WebApplicationBuilder builder) => builder.Services.AddSingleton(provider => new RedisPageStore(
        provider.GetRequiredService<RedisClient>(), "nsi_portal", provider.GetRequiredService<TagTokens>(), provider.GetRequiredService<PageStore>(),
        provider.GetRequiredService<IOptions<CacheOptions>>(), time, provider.GetRequiredService<IMeterFactory>()));

    /// <summary>The first is making a page, and the second waits for it; a busy Redis can keep either from that, and then they ask for another page.</summary>
    async Task<(Task<Answer> First, Task<Answer> Second)> BothAskAsync()
    {
        for (var i = 1; ; i++)
        {
            var (page, renders) = ($"{Page}?q={i}", one.Probe.Renders);
            making = Making();
            var asking = first.AskAsync(page);
            while (one.Probe.Renders == renders) await Task.Yield();
            var following = second.AskAsync(page);
            while (time.WaitingFor(Longest) == 0 && !following.IsCompleted) await Task.Yield();
            if (!following.IsCompleted) return (asking, following);
            making.SetResult("");
            await asking;
        }
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_one_is_making_the_other_waits_for_and_serves()
    {
        var (asking, following) = await BothAskAsync();
        var renders = two.Probe.Renders;
        making.SetResult("fait par le premier");
        Assert.Equal("fait par le premier", (await asking).Text);
        while (await KeptAsync() == ":0\r\n") await Task.Yield();
        time.Advance(Longest - TimeSpan.FromTicks(1));
        var answer = await following;
        Assert.Equal((true, "fait par le premier", renders), (answer.Hit, answer.Text, two.Probe.Renders));

        // Not one of a round before.
        Task<string> KeptAsync() => redis.AskAsync("EVAL \"local n = 0 for _, k in ipairs(redis.call('KEYS', 'nsi_portal:page:*/ESSAI/PARTAGE*')) do if string.find(redis.call('GET', k), 'fait par le premier', 1, true) then n = n + 1 end end return n\" 0");
    }

    [Fact(Timeout = TimeLimit)]
    public async Task It_waits_no_longer_than_a_quarter_of_a_second_in_all()
    {
        var (_, following) = await BothAskAsync();
        var (waited, renders) = (TimeSpan.Zero, two.Probe.Renders);
        for (var step = TimeSpan.FromMilliseconds(10); !following.IsCompleted; waited += step)
        {
            while (time.WaitingFor(Longest) == 0 && two.Probe.Renders == renders) await Task.Yield();
            if (two.Probe.Renders > renders) break;
            time.Advance(step);
        }

        Assert.Equal("fait par le second", (await following).Text);
        Assert.InRange(waited, Longest, Longest + TimeSpan.FromMilliseconds(10));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Within_one_process_nobody_waits_for_redis()
    {
        var asking = first.AskAsync(Page);
        while (one.Probe.Renders == 0) await Task.Yield();
        var beside = first.AskAsync(Page);
        while (one.Services.GetRequiredService<PageFlights>().Followers == 0) await Task.Yield();
        making.SetResult("une fois");
        Assert.Equal(("une fois", "une fois", 1), ((await asking).Text, (await beside).Text, one.Probe.Renders));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Nobody_is_told_twice_within_a_second_and_nothing_stays()
    {
        await BothAskAsync();
        var claims = await redis.AskAsync("EVAL \"local k = redis.call('KEYS', 'nsi_portal:making:*') return {#k, redis.call('PTTL', k[#k])}\" 0");
        Assert.Matches(@"^\*2\r\n:[1-9]\d*\r\n:\d{1,4}\r\n$", claims);
        Assert.InRange(int.Parse(claims.Split(':')[2].Trim(), System.Globalization.CultureInfo.InvariantCulture), 0, 1000);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Data_that_one_has_made_the_other_is_given()
    {
        async Task<string> GetAsync(PortalHost host, string made) => await host.Services.GetRequiredService<TaggedCache>()
            .GetOrCreateAsync("liste", CacheTier.Default, [Tags.Courses], (_, _) => Task.FromResult(made), TestContext.Current.CancellationToken);

        Assert.Equal("du premier", await GetAsync(one, "du premier"));
        while (!(await redis.AskAsync("KEYS nsi_portal:page:data*")).Contains("data ", StringComparison.Ordinal)) await Task.Yield();
        Assert.Equal("du premier", await GetAsync(two, "du second"));
        await one.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("sql").Build());
            return db.SaveChangesAsync();
        });
        Assert.Equal("encore", await GetAsync(two, "encore"));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Data_of_one_user_is_given_likewise_and_nobody_asks_who_makes_it()
    {
        var text = string.Join(' ', Enumerable.Repeat("Ce qu’il a fait.", 500));
        Task<string> GetAsync(PortalHost host, int user, string made) => host.Services.GetRequiredService<TaggedCache>()
            .GetOrCreateAsync($"fait {user}", CacheTier.Default, [Tags.Courses, Tags.OfUser(user)], (_, _) => Task.FromResult(made), TestContext.Current.CancellationToken);

        var claims = await redis.AskAsync("EVAL \"return #redis.call('KEYS', 'nsi_portal:making:data own *')\" 0");
        Assert.Equal(text, await GetAsync(one, 1, text));
        Assert.Equal("d’un autre", await GetAsync(two, 2, "d’un autre"));
        Assert.Equal((":0\r\n", ":0\r\n"), (claims, await redis.AskAsync("EVAL \"return #redis.call('KEYS', 'nsi_portal:making:data own *')\" 0")));
        while (await redis.AskAsync("EVAL \"return #redis.call('KEYS', 'nsi_portal:page:data own *')\" 0") != ":2\r\n") TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        Assert.Equal(text, await GetAsync(two, 1, "fait encore"));

        // It is kept compressed, and what is torn is made anew.
        await redis.AskAsync("EVAL \"for _, k in ipairs(redis.call('KEYS', 'nsi_portal:page:data own *')) do assert(redis.call('STRLEN', k) < 200) redis.call('SETRANGE', k, 18, 'xxxx') end\" 0");
        Assert.Equal("encore", await GetAsync(one, 2, "encore"));
    }

    [Fact]
    public void What_is_kept_lives_a_little_less_by_its_key()
    {
        var hour = TimeSpan.FromHours(1);
        var lives = Enumerable.Range(0, 256).Select(first => PageKey.Spread(hour, $"{first:x2}0f")).ToList();
        Assert.Equal(256, lives.Distinct().Count());
        Assert.All(lives, life => Assert.InRange(life, hour * 0.95, hour));
    }
}
