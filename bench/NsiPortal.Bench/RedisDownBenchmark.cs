using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace NsiPortal.Bench;

/// <summary>
/// Two replicas, each a process, on one PostgreSQL and one Redis, which is killed, then suspended. Meanwhile pages are read beside a portal without any cache,
/// in turn, and teachers publish at one replica what the other must show at once. Then Redis is there again: how long until a page is kept, and whether anything was lost.
/// </summary>
static class RedisDownBenchmark
{
    const int Teachers = 5;
    const int Publications = 20;
    const int Rounds = 60;
    const int WarmUp = 20;
    const double PageAim = 1.3;
    static readonly TimeSpan SaveAim = TimeSpan.FromSeconds(2.5);
    static readonly TimeSpan ReturnAim = TimeSpan.FromSeconds(3);

    public static Task<int> RunAsync() => BenchDatabase.WithPostgresAsync(async () =>
    {
        await using var portals = await TwoReplicas.StartAsync(Teachers);
        // On a database of its own: a save would wait for it too.
        await using var other = BenchDatabase.Postgres();
        await other.PrepareAsync();
        await using var uncached = await Replica.StartAsync([.. other.Settings, "--Cache:MemoryLimit=0"]);
        using var reader = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
        var chapters = portals.Authors.ConvertAll(author => author.Page);
        List<string> pages = ["/", "/cours", "/classement", chapters[0][..chapters[0].LastIndexOf('/')], .. chapters];
        // Until everything is compiled: what is measured first would pay for all.
        for (var round = 0; round < WarmUp; round++)
            foreach (var page in pages) await TimeAsync(reader, new Uri(uncached.Address, page));

        var trial = new Trial(reader, portals.Authors, portals.Addresses, uncached.Address, pages);
        var good = await trial.RunAsync("stopped", portals.Redis.KillAsync, portals.Redis.StartAgainAsync);
        return good & await trial.RunAsync("suspended", () => Task.Run(portals.Redis.Freeze), () => Task.Run(portals.Redis.Thaw));
    });

    static async Task<double> TimeAsync(HttpClient reader, Uri page)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await reader.GetAsync(page);
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    sealed class Trial(HttpClient reader, List<Author> authors, Uri[] replicas, Uri uncached, List<string> pages)
    {
        int published;

        public async Task<bool> RunAsync(string name, Func<Task> take, Func<Task> giveBack)
        {
            foreach (var _ in authors) await PublishAsync();
            // Of each there is a page that would be old.
            foreach (var replica in replicas)
                foreach (var author in authors) await UntilHitAsync(replica, author);
            await take();
            var saves = new List<TimeSpan>();
            var stale = 0;
            for (var i = 0; i < Publications; i++)
            {
                saves.Add(await PublishAsync());
                if (!await ShowsAsync(replicas[(published + 1) % 2], published)) stale++;
            }

            var (ratios, kept) = await ComparePagesAsync();
            await giveBack();
            var back = Stopwatch.StartNew();
            foreach (var replica in replicas) await UntilHitAsync(replica, authors[0]);
            back.Stop();
            var lost = await CountLostAsync();

            var ratio = ratios.Order().ElementAt(ratios.Count / 2);
            var reached = (Page: ratio <= PageAim, Save: saves.Max() <= SaveAim, Return: back.Elapsed <= ReturnAim);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                Redis {name}
                  page, of the uncached time  {ratio:F2}, the median of {pages.Count} pages ({ratios.Min():F2} to {ratios.Max():F2}), each the median of {Rounds} in turn; aim {PageAim}: {Aim.Said(reached.Page)}; {kept} from a cache
                  a save is answered          {saves.Max().TotalMilliseconds:F0} ms at most, {saves.Order().ElementAt(Publications / 2).TotalMilliseconds:F0} the median of {Publications}; aim {SaveAim.TotalMilliseconds}: {Aim.Said(reached.Save)}
                  seen at the other replica   {Publications - stale} of {Publications} at the next read; after its return {authors.Count * replicas.Length - lost} of {authors.Count * replicas.Length} pages show the last save
                  kept again                  {back.ElapsedMilliseconds} ms after its return, at both replicas; aim {ReturnAim.TotalMilliseconds}: {Aim.Said(reached.Return)}
                """));
            return reached is (true, true, true) && kept == 0 && stale == 0 && lost == 0;
        }

        async Task<TimeSpan> PublishAsync()
        {
            var author = authors[++published % authors.Count];
            var replica = replicas[published % 2];
            await author.OpenAsync(replica);
            return await author.PublishAsync(replica, Words(published));
        }

        async Task<bool> ShowsAsync(Uri replica, int number) => (await reader.GetStringAsync(new Uri(replica, authors[number % authors.Count].Page))).Contains(Words(number), StringComparison.Ordinal);

        static string Words(int number) => string.Create(CultureInfo.InvariantCulture, $"numero {number}.");

        async Task<int> CountLostAsync()
        {
            var lost = 0;
            for (var number = published; number > published - authors.Count; number--)
                foreach (var replica in replicas)
                    if (!await ShowsAsync(replica, number)) lost++;
            return lost;
        }

        async Task UntilHitAsync(Uri replica, Author author)
        {
            var page = new Uri(replica, author.Page);
            for (var waiting = Stopwatch.StartNew(); !await IsHitAsync(page); await Task.Delay(20))
                if (waiting.Elapsed > TimeSpan.FromMinutes(1)) throw new TimeoutException($"{page} is not kept.");
        }

        async Task<bool> IsHitAsync(Uri page)
        {
            using var answer = await reader.GetAsync(page);
            answer.EnsureSuccessStatusCode();
            return answer.Headers.GetValues("Cache-Status").Single().Contains("; hit", StringComparison.Ordinal);
        }

        /// <returns>For each page, its median time over the one without a cache; and how many were kept after all, which none may be.</returns>
        async Task<(List<double> Ratios, int Kept)> ComparePagesAsync()
        {
            var kept = 0;
            var ratios = new List<double>();
            foreach (var page in pages)
            {
                var (mine, other) = (new Sample(), new Sample());
                for (var round = -WarmUp; round < Rounds; round++)
                {
                    var (one, two) = (new Uri(replicas[0], page), new Uri(uncached, page));
                    // Who comes first changes, so that neither always finds what the other left in memory.
                    var without = round % 2 == 0 ? await TimeAsync(reader, two) : 0;
                    var down = await TimeAsync(reader, one);
                    if (round % 2 != 0) without = await TimeAsync(reader, two);
                    if (round < 0) continue;
                    mine.Add(down);
                    other.Add(without);
                }

                if (await IsHitAsync(new Uri(replicas[0], page))) kept++;
                ratios.Add(mine.Median / other.Median);
            }

            return (ratios, kept);
        }
    }
}
