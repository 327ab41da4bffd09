using NsiPortal.Domain.Courses;
using NsiPortal.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Pages;
using NsiPortal.Support;

namespace NsiPortal.Caching;

/// <summary>Data is kept as pages are: until what it depends on changes, made once for all who lack it, and never part of a page that would outlive it.</summary>
public sealed class TaggedCacheTests : IAsyncLifetime
{
    PortalHost host = null!;
    HttpClient visitor = null!;
    int made;

    public async ValueTask InitializeAsync()
    {
        host = await PortalHost.StartAsync(adjust: HeaderAuthentication.Add);
        visitor = host.CreateClient();
        await host.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("sql").WithChapter("jointures").Build());
            return db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await host.DisposeAsync();
    }

    TaggedCache Cache => host.Services.GetRequiredService<TaggedCache>();

    [Fact]
    public async Task What_is_kept_is_made_once_and_each_caller_has_a_copy()
    {
        var first = await TitlesAsync();
        first.Clear();
        Assert.Equal(["Cours sql"], await TitlesAsync());
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task A_change_of_one_of_its_tags_has_it_made_anew_and_no_other_change_does()
    {
        await TitlesAsync();
        await host.WithDbAsync(async db =>
        {
            (await db.Chapters.SingleAsync()).Write("x", Text.Of("Neuf."));
            await db.SaveChangesAsync();
        });
        await TitlesAsync();
        Assert.Equal(1, made);

        await host.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("python").Build());
            return db.SaveChangesAsync();
        });
        Assert.Equal(["Cours python", "Cours sql"], await TitlesAsync());
        Assert.Equal(2, made);
    }

    [Fact]
    public async Task Keys_and_types_are_never_confused_with_each_other_or_with_pages()
    {
        await visitor.AskAsync("/cours");
        string[] keys = ["a", "b", "", "a\nb", "GET", "/cours"];
        foreach (var key in keys) Assert.Equal(key + "!", await GetAsync(key, _ => Task.FromResult(key + "!")));
        foreach (var key in keys) Assert.Equal(key + "!", await GetAsync(key, _ => Task.FromResult("wrong")));
        Assert.Equal(7, await GetAsync("a", _ => Task.FromResult(7)));
        Assert.Null(await GetAsync("nothing", _ => Task.FromResult<string?>(null)));
        Assert.True((await visitor.AskAsync("/cours")).Hit);
    }

    [Theory]
    [InlineData("/essai/partage")]
    [InlineData("/essai/moi")]
    public async Task A_page_cannot_hold_data_that_would_not_evict_it(string page)
    {
        InvalidOperationException? refused = null;
        host.Probe.Render = async _ =>
        {
            refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
                Cache.GetOrCreateAsync("title", CacheTier.Long, [Tags.Courses, Tags.OfCourse(1)], (_, _) => Task.FromResult("Cours")));
            // Not part of any page's key, either.
            await Assert.ThrowsAsync<InvalidOperationException>(() => Cache.GetOrCreateAsync("map", CacheTier.Long, [Tags.Routes], (_, _) => Task.FromResult("map")));
            return string.Join(", ", await TitlesAsync());
        };

        Assert.Equal("Cours sql", (await visitor.AskAsync(page, "X-Test-User: alice")).Text);
        Assert.StartsWith("What depends on course:1 cannot be part of what carries only ", refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_personal_page_holds_data_of_its_user_alone()
    {
        host.Probe.Render = async http =>
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => Cache.GetOrCreateAsync("marks of bob", CacheTier.Short, [Tags.OfUser("bob")], (_, _) => Task.FromResult("12")));
            return await Cache.GetOrCreateAsync("marks of alice", CacheTier.Short, [Tags.OfUser("alice")], (_, _) => Task.FromResult("20"));
        };
        Assert.Equal("20", (await visitor.AskAsync("/essai/moi", "X-Test-User: alice")).Text);
    }

    [Fact]
    public async Task A_page_made_past_the_cache_holds_no_more_than_one_that_is_kept()
    {
        await using var mute = await PortalHost.StartAsync(adjust: Mute);
        mute.Probe.Render = async _ =>
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => mute.Services.GetRequiredService<TaggedCache>()
                .GetOrCreateAsync("title", CacheTier.Long, [Tags.OfCourse(1)], (_, _) => Task.FromResult("Cours")));
            return "made";
        };
        using var reader = mute.CreateClient();
        Assert.Equal("made", (await reader.AskAsync("/essai/partage")).Text);
    }

    [Fact]
    public async Task A_live_page_may_use_any_tag()
    {
        host.Probe.Render = _ => GetAsync("title", _ => Task.FromResult("Cours"), Tags.OfCourse(1), Tags.OfUser("bob"), Tags.Routes);
        Assert.Equal("Cours", (await visitor.AskAsync("/essai/vif")).Text);
    }

    [Fact]
    public async Task Data_cannot_be_made_from_data_that_would_not_evict_it()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => GetAsync("outer", _ => GetAsync("inner", _ => Task.FromResult("x"), Tags.Programme), Tags.Courses));
        Assert.Equal("x", await GetAsync("outer", _ => GetAsync("inner", _ => Task.FromResult("x"), Tags.Programme), Tags.Courses, Tags.Programme));
        // What was said for the factory ended with it.
        Assert.Equal("y", await GetAsync("after", _ => Task.FromResult("y"), Tags.OfChapter(1)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Fifty_who_lack_one_thing_have_it_made_once()
    {
        var gate = new TaskCompletionSource();
        var all = Enumerable.Range(0, 50).Select(_ => Task.Run(() => GetAsync("slow", async _ =>
        {
            Interlocked.Increment(ref made);
            await gate.Task;
            return "made";
        }))).ToList();
        await FollowersAsync(49);
        gate.SetResult();

        Assert.All(await Task.WhenAll(all), result => Assert.Equal("made", result));
        Assert.Equal((1, 0), (made, Cache.Flights.Count));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_leader_that_fails_fails_nobody_else()
    {
        var gate = new TaskCompletionSource();
        async Task<string> UnluckyAsync(CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref made) > 1) return "made";
            await gate.Task;
            throw new TimeoutException("unlucky");
        }

        var leader = GetAsync("slow", UnluckyAsync);
        await BegunAsync();
        var others = Enumerable.Range(0, 10).Select(_ => Task.Run(() => GetAsync("slow", UnluckyAsync))).ToList();
        await FollowersAsync(10);
        gate.SetResult();

        await Assert.ThrowsAsync<TimeoutException>(() => leader);
        Assert.All(await Task.WhenAll(others), result => Assert.Equal("made", result));
        Assert.Equal(2, made);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_gives_up_waiting_ends_it_for_nobody_else(bool leads)
    {
        var gate = new TaskCompletionSource();
        async Task<string> SlowAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref made);
            await gate.Task.WaitAsync(cancellationToken);
            return "made";
        }

        using var leave = new CancellationTokenSource();
        var leader = Cache.GetOrCreateAsync("slow", CacheTier.Long, [Tags.Courses], (_, cancellation) => SlowAsync(cancellation), leads ? leave.Token : CancellationToken.None);
        await BegunAsync();
        var follower = Cache.GetOrCreateAsync("slow", CacheTier.Long, [Tags.Courses], (_, cancellation) => SlowAsync(cancellation), leads ? CancellationToken.None : leave.Token);
        var other = GetAsync("slow", SlowAsync);
        await FollowersAsync(2);
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leads ? leader : follower);
        gate.SetResult();
        Assert.Equal("made", await (leads ? follower : leader));
        Assert.Equal("made", await other);
        Assert.Equal(leads ? 2 : 1, made);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_asks_after_a_change_does_not_join_what_was_begun_before_it()
    {
        var (reached, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var before = GetAsync("count", async _ =>
        {
            var count = await host.WithDbAsync(db => db.Courses.CountAsync());
            reached.SetResult();
            await gate.Task;
            return count;
        });
        await reached.Task;
        await host.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("python").Build());
            return db.SaveChangesAsync();
        });

        Assert.Equal(2, await GetAsync("count", _ => host.WithDbAsync(db => db.Courses.CountAsync())));
        gate.SetResult();
        Assert.Equal(1, await before);
        Assert.Equal(2, await GetAsync("count", _ => Task.FromResult(0)));
    }

    [Fact]
    public async Task Without_a_licence_it_is_made_each_time_and_kept_for_nobody()
    {
        await using var mute = await PortalHost.StartAsync(adjust: Mute);
        var cache = mute.Services.GetRequiredService<TaggedCache>();
        for (var i = 1; i <= 3; i++) Assert.Equal(i, await cache.GetOrCreateAsync("n", CacheTier.Long, [Tags.Courses], (_, _) => Task.FromResult(i)));
        Assert.Equal(0, mute.Services.GetRequiredService<PageStore>().Count);
    }

    [Fact]
    public async Task What_is_larger_than_a_page_may_be_is_not_kept()
    {
        await using var small = await PortalHost.StartAsync(settings: "--Cache:MaximumPageSize=1000");
        var cache = small.Services.GetRequiredService<TaggedCache>();
        for (var i = 1; i <= 2; i++)
            Assert.Equal(new string('x', 1000 * i), await cache.GetOrCreateAsync("x", CacheTier.Long, [Tags.Courses], (_, _) => Task.FromResult(new string('x', 1000 * i))));
    }

    [Fact]
    public async Task What_the_caller_s_context_has_in_hand_is_not_what_is_kept()
    {
        await host.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await db.Courses.FirstAsync()).Describe("Jamais", "", Level.Terminale, 1);
            if (TempFolder.IsPostgres) await db.SaveChangesAsync();
            Assert.DoesNotContain("Jamais", await FreshTitlesAsync());
            await transaction.RollbackAsync();
        });
        Assert.DoesNotContain("Jamais", await FreshTitlesAsync());
    }

    Task<List<string>> FreshTitlesAsync() => Cache.GetOrCreateAsync("fresh titles", CacheTier.Long, [Tags.Courses],
        async (services, cancellation) => (await services.GetRequiredService<PortalDbContext>().Courses.ToListAsync(cancellation)).ConvertAll(course => course.Title));

    Task<List<string>> TitlesAsync() => GetAsync("titles", async cancellation =>
    {
        Interlocked.Increment(ref made);
        return await host.WithDbAsync(db => db.Courses.OrderBy(c => c.Title).Select(c => c.Title).ToListAsync(cancellation));
    });

    Task<T> GetAsync<T>(string key, Func<CancellationToken, Task<T>> factory, params string[] tags) =>
        Cache.GetOrCreateAsync(key, CacheTier.Long, tags.Length == 0 ? [Tags.Courses] : tags, (_, cancellation) => factory(cancellation));

    async Task BegunAsync()
    {
        while (Volatile.Read(ref made) == 0) await Task.Yield();
    }

    async Task FollowersAsync(int count)
    {
        while (Cache.Flights.Followers < count) await Task.Yield();
    }

    static void Mute(WebApplicationBuilder builder) => builder.Services.AddSingleton<Licence, NoLicence>();

    sealed class NoLicence(TimeProvider time) : Licence(time)
    {
        public override bool Held => false;
    }
}
