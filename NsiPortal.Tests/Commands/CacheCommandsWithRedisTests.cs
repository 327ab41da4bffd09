using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Monitoring;
using NsiPortal.Support;

namespace NsiPortal.Commands;

/// <summary>The operator's commands on the Redis that a serving portal uses.</summary>
public sealed class CacheCommandsWithRedisTests : IAsyncLifetime
{
    const int TimeLimit = 120_000;

    RedisServer redis = null!;
    PortalHost host = null!;
    HttpClient visitor = null!;

    public async ValueTask InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        host = await PortalHost.StartAsync(adjust: HeaderAuthentication.Add, settings: [$"--REDIS_URL={redis.Url}"]);
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
        await redis.DisposeAsync();
    }

    Task<Ending> RunAsync(params string[] arguments) => RunAsync(redis.Url, arguments);

    Task<Ending> RunAsync(string url, string[] arguments) => PortalProcess.RunAsync(arguments, [.. host.Data.Variables, $"REDIS_URL={url}"]);

    async Task KeepAsync(params string[] pages)
    {
        foreach (var page in pages)
        {
            while (!(await visitor.AskAsync(page)).Hit) await Task.Yield();
        }

        var key = pages[^1].ToUpperInvariant();
        while (!(await redis.AskAsync("KEYS *")).Contains(key, StringComparison.Ordinal)) await Task.Yield();
    }

    async Task<int> CountAsync(string keys) => int.Parse((await redis.AskAsync($"EVAL \"return #redis.call('KEYS', '{keys}')\" 0")).Trim()[1..], CultureInfo.InvariantCulture);

    [Fact(Timeout = TimeLimit)]
    public async Task Ping_writes_reads_and_deletes_and_leaves_nothing()
    {
        var before = await CountAsync("*");
        var ending = await RunAsync("cache", "ping");
        Assert.Equal((0, ""), (ending.Code, ending.Errors));
        Assert.Matches(@"Redis répond : écrire \d+\.\d\d ms, lire \d+\.\d\d ms, effacer \d+\.\d\d ms\.\n$", ending.Output);
        Assert.Equal(before, await CountAsync("*"));
        Assert.Contains("calls=1", (await redis.AskAsync("INFO commandstats")).Split('\n').Single(line => line.StartsWith("cmdstat_del:", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Ping_says_why_it_cannot_and_never_the_password()
    {
        await redis.AskAsync("CONFIG SET requirepass juste");
        foreach (var (url, code, said) in ((string, int, string)[])[
            ($"redis://:secret@127.0.0.1:{redis.Port}/0", 1, "WRONGPASS"),
            ("redis://:secret@127.0.0.1:1/0", 1, "ConnectionRefused"),
            ("http://:secret@127.0.0.1/0", 2, "REDIS_URL ne peut pas servir"),
            ("", 2, "REDIS_URL n’est pas défini")])
        {
            var ending = await RunAsync(url, ["cache", "ping"]);
            Assert.Equal((url, code), (url, ending.Code));
            Assert.Contains(said, ending.Output + ending.Errors, StringComparison.Ordinal);
            Assert.NotEqual("", ending.Errors);
            Assert.DoesNotContain("secret", ending.Output + ending.Errors, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Stats_tells_what_redis_holds_and_does()
    {
        await redis.AskAsync("CONFIG SET maxmemory 64mb");
        await redis.AskAsync("CONFIG SET maxmemory-policy allkeys-lru");
        await KeepAsync("/cours/sql");
        var ending = await RunAsync("cache", "stats");
        Assert.Equal((0, ""), (ending.Code, ending.Errors));
        Assert.Matches(@"Redis \d+\.\d+\.\d+ : \d+\.\d Mio sur 64\.0 Mio \(allkeys-lru\), 0 clé\(s\) chassée\(s\)\.\n", ending.Output);
        Assert.Matches(@"\n\d+ clé\(s\), [1-9]\d* tag\(s\) ; [1-9]\d* connexion\(s\) ; [1-9]\d* commande\(s\), \d+ par seconde ; trouvées \d+ %\.\n$", ending.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Keys_lists_the_pages_of_redis_by_a_pattern()
    {
        await KeepAsync("/cours/sql", "/cours/sql/jointures");
        async Task<string[]> ListAsync(params string[] pattern)
        {
            var ending = await RunAsync(["cache", "keys", .. pattern]);
            Assert.Equal((0, ""), (ending.Code, ending.Errors));
            // Behind what is logged.
            return [.. ending.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipWhile(line => !line.EndsWith("clé", StringComparison.Ordinal) && !line.StartsWith("Aucune", StringComparison.Ordinal))];
        }

        var all = await ListAsync();
        Assert.Equal(["octets", "reste", "(s)", "clé"], all[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("2 page(s) dans Redis, dont celles que plus personne ne peut atteindre.", all[^1]);
        var one = Assert.Single((await ListAsync("/cours/*join?ures"))[1..^1]).Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.InRange(int.Parse(one[0], CultureInfo.InvariantCulture), 100, 100_000);
        Assert.InRange(int.Parse(one[1], CultureInfo.InvariantCulture), 3_000, 3_600);
        Assert.Contains("/COURS/SQL/JOINTURES", one[2], StringComparison.Ordinal);
        Assert.Equal(["Aucune page n’est gardée."], await ListAsync("[a-z]"));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Clear_frees_pages_and_nothing_else()
    {
        await KeepAsync("/cours/sql", "/cours/sql/jointures");
        await redis.AskAsync("SET nsi_portal:session:x y");
        // More than one step of the walk.
        await redis.AskAsync("EVAL \"for i = 1, 1000 do redis.call('SET', 'nsi_portal:page:vieille' .. i, 'x') end\" 0");

        var ending = await RunAsync("cache", "clear");

        Assert.Equal((0, ""), (ending.Code, ending.Errors));
        Assert.EndsWith("Plus aucun processus ne sert de page faite avant maintenant.\n1002 page(s) libérée(s) dans Redis.\n", ending.Output, StringComparison.Ordinal);
        Assert.Equal((0, 1), (await CountAsync("nsi_portal:page:*"), await CountAsync("nsi_portal:session:*")));
        Assert.False((await visitor.AskAsync("/cours/sql/jointures")).Hit);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Without_redis_at_the_moment_clear_clears_and_says_what_it_could_not_do()
    {
        await KeepAsync("/cours/sql");
        await redis.KillAsync();
        var ending = await RunAsync("cache", "clear");
        await redis.StartAgainAsync();
        Assert.Equal(1, ending.Code);
        Assert.Contains("Plus aucun processus ne sert de page faite avant maintenant.\n", ending.Output, StringComparison.Ordinal);
        Assert.Contains("Redis ne fait pas ce qui lui est demandé à redis://127.0.0.1:", ending.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_ratio_of_each_kind_of_page_is_told()
    {
        await KeepAsync("/cours/sql");
        await visitor.AskAsync("/essai/moi", "X-Test-User: alice");
        var report = host.Services.GetRequiredService<CacheCounters>().Report([]);
        Assert.Equal(new KindOfPages(1, 0), report.Personal);
        Assert.Equal(1, report.Shared.Hits);
        Assert.Equal(report.Hits + report.Stored + report.Collapsed + report.Bypasses.Values.Sum(), report.Shared.Answers + report.Personal.Answers);
    }
}
