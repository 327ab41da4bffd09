using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Data;

namespace NsiPortal.Bench;

/// <summary>
/// Our pages beside those of another portal that is running: made anew for one reader, kept for one reader, kept for many at once. Each answer of ours is
/// followed by one of theirs, so that the machine's other work touches both.
/// </summary>
static class PeerBenchmark
{
    const int Rounds = 5;
    const int Samples = 20;
    const string Encodings = "Accept-Encoding: gzip, deflate, br";

    /// <param name="Path">Ours.</param>
    /// <param name="Reader">Who asks for it: number 0 is the administrator; null for a visitor.</param>
    /// <param name="UncachedAim">In milliseconds; null where nothing is asked.</param>
    /// <param name="Times">How many times theirs ours must serve, kept, to many at once; 0 where nothing is asked.</param>
    sealed record Page(string Path, int? Reader, double? UncachedAim, double Times);

    /// <param name="Kept">Where their caches are on.</param>
    /// <param name="Made">The same where they are off; empty to leave that out.</param>
    /// <param name="Cookie">What a reader of theirs sends; empty for a visitor.</param>
    sealed record Theirs(string Kept, string Made, string Cookie)
    {
        public static Theirs Of(string[] parts) => new(parts[0], parts.ElementAtOrDefault(1) ?? "", parts.ElementAtOrDefault(2) ?? "");
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var theirs = args.Select(arg => arg.Split('=', 2)).ToDictionary(pair => pair[0], pair => Theirs.Of(pair[1].Split(',', 3)));
        await using var redis = await BenchRedis.StartAsync();
        await using var database = BenchDatabase.Sqlite();
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        var good = true;

        var making = await StudentsBenchmark.StartAsync(database, 100_000, 1_000_000, null, "Cache:MemoryLimit=0");
        await using (var scope = making.Services.CreateAsyncScope()) await AdminBenchmark.PromoteAsync(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
        using (var readers = await Pupils.OfAsync(making, 2))
        {
            foreach (var (name, page) in PagesOf(readers).Where(page => theirs.GetValueOrDefault(page.Key)?.Made.Length > 0))
            {
                var (ours, other) = await TakeTurnsAsync(client, (making.Urls.First() + page.Path, CookieOf(readers, page)), (theirs[name].Made, theirs[name].Cookie));
                good &= page.UncachedAim is not { } most || ours < most;
                Print($"{name}, made: {ours:F2} ms{(page.UncachedAim is { } aim ? $", aim {aim}" : "")}; theirs {other:F1} ms, {other / ours:F1} times");
            }
        }

        await making.StopAsync();
        var keeping = database.Build(null, "environment=Production", $"REDIS_URL={redis.Server.Url}");
        await keeping.StartAsync();
        using (var readers = await Pupils.OfAsync(keeping, 2))
        {
            foreach (var (name, page) in PagesOf(readers).Where(page => theirs.ContainsKey(page.Key)))
            {
                var (mine, other) = ((Url: keeping.Urls.First() + page.Path, Cookie: CookieOf(readers, page)), (Url: theirs[name].Kept, theirs[name].Cookie));
                var (ours, their) = await TakeTurnsAsync(client, mine, other);
                Print($"{name}, kept: {ours:F2} ms; theirs {their:F2} ms");

                // What no portal on this machine goes beyond.
                await using var bare = page.Times > 0 ? await HitBenchmark.StartBareAsync(await HitBenchmark.PageAsync(mine.Url, "br"), page.Path, cached: false) : null;
                // Long enough for the last tier of the compiler.
                await WrkAsync(mine, seconds: 12);
                if (bare is not null) await WrkAsync((bare.Urls.First() + page.Path, ""), seconds: 12);
                var (rate, theirRate, times, limit) = (new Sample(), new Sample(), new Sample(), new Sample());
                for (var round = 0; round < Rounds; round++)
                {
                    var (one, two) = (await WrkAsync(mine, seconds: 5), await WrkAsync(other, seconds: 5));
                    rate.Add(one);
                    theirRate.Add(two);
                    times.Add(one / two);
                    if (bare is not null) limit.Add(await WrkAsync((bare.Urls.First() + page.Path, ""), seconds: 5) / two);
                }

                good &= times.Median >= page.Times;
                Print($"{name}, kept, {Wrk.Connections} at once: {rate.Median:F0} a second; theirs {theirRate.Median:F0}; {times.Median:F1} times, medians of {Rounds} rounds{(page.Times > 0 ? $", aim {page.Times}; an endpoint that only writes the same bytes: {limit.Median:F1} times" : "")}");
            }
        }

        return good ? 0 : 1;
    }

    static Dictionary<string, Page> PagesOf(Pupils readers) => new()
    {
        ["chapter"] = new Page(readers.Chapters[0], Reader: null, UncachedAim: null, Times: 22),
        ["leaderboard"] = new Page("/classement?periode=toujours", Reader: null, UncachedAim: 20, Times: 0),
        ["statistics"] = new Page("/moi/statistiques", Reader: 1, UncachedAim: 20, Times: 0),
        ["dashboard"] = new Page("/admin", Reader: 0, UncachedAim: 200, Times: 0),
    };

    static string CookieOf(Pupils readers, Page page) => page.Reader is { } reader ? readers.CookieOf(reader) : "";

    /// <summary>As browsers ask: each portal compresses or not.</summary>
    static Task<double> WrkAsync((string Url, string Cookie) page, int seconds) =>
        Wrk.RunAsync(page.Url, seconds, page.Cookie.Length > 0 ? [Encodings, $"Cookie: {page.Cookie}"] : [Encodings]);

    /// <summary>The medians of both, in milliseconds, once each has compiled what it needs.</summary>
    static async Task<(double Ours, double Theirs)> TakeTurnsAsync(HttpClient client, params (string Url, string Cookie)[] pages)
    {
        var times = pages.Select(_ => new Sample()).ToList();
        for (var sample = -5; sample < Samples; sample++)
        {
            for (var i = 0; i < pages.Length; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, pages[i].Url);
                if (pages[i].Cookie.Length > 0) request.Headers.TryAddWithoutValidation("Cookie", pages[i].Cookie);
                var watch = Stopwatch.StartNew();
                using var answer = await client.SendAsync(request);
                await answer.Content.ReadAsByteArrayAsync();
                if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{pages[i].Url}: {(int)answer.StatusCode}");
                if (sample >= 0) times[i].Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        return (times[0].Median, times[1].Median);
    }

    static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
