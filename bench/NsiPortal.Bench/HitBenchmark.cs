using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NsiPortal.Commands;

namespace NsiPortal.Bench;

/// <summary>
/// A chapter served from the page cache, with tokens in memory and with tokens in Redis, beside a bare endpoint that writes the same bytes and the
/// framework's own in-memory output cache in front of that endpoint; and with tokens leased from Redis. All answer with the same headers and body; wrk measures them in turn, round
/// after round. In the end, how many commands Redis is sent for each hit.
/// </summary>
static partial class HitBenchmark
{
    const int Rounds = 5;

    /// <summary>Requests of a reader who comes alone.</summary>
    const int Alone = 2_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 6;
        var folder = Directory.CreateTempSubdirectory("nsi-bench-");
        try
        {
            // Each has one of its own, whose commands are counted.
            await using var redis = await BenchRedis.StartAsync();
            await redis.Client.StartAsync(CancellationToken.None);
            await using var lessor = await BenchRedis.StartAsync();
            await lessor.Client.StartAsync(CancellationToken.None);
            await using var portal = await StartPortalAsync(folder.CreateSubdirectory("alone").FullName);
            await using var shared = await StartPortalAsync(folder.CreateSubdirectory("shared").FullName, $"--REDIS_URL={redis.Server.Url}");
            await using var leased = await StartPortalAsync(folder.CreateSubdirectory("leased").FullName, $"--REDIS_URL={lessor.Server.Url}", "--Cache:TokenLease=00:00:01");
            var path = await ChapterPathAsync(portal.Urls.First());
            foreach (var encoding in args.Length > 1 ? args[1..] : ["br", "identity"])
            {
                var page = await PageAsync(portal.Urls.First() + path, encoding);
                await using var raw = await StartBareAsync(page, path, cached: false);
                await using var framework = await StartBareAsync(page, path, cached: true);
                await CompareAsync(encoding, page, seconds, ("raw endpoint", raw.Urls.First() + path), ("framework's output cache", framework.Urls.First() + path), ("portal, hit", portal.Urls.First() + path),
                    ("portal with Redis, hit", shared.Urls.First() + path), ("with leased tokens, hit", leased.Urls.First() + path));
                await CountAsync(redis, "with Redis", encoding, shared.Urls.First() + path, seconds, aim: 1);
                await CountAsync(lessor, "with leased tokens", encoding, leased.Urls.First() + path, seconds, aim: 0);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A page as it is sent.</summary>
    public sealed record Page(Dictionary<string, string> Headers, byte[] Body);

    /// <summary>A portal as it is operated, with the demo course, which serves.</summary>
    /// <param name="folder">For its database.</param>
    /// <param name="settings">As on its command line.</param>
    public static async Task<WebApplication> StartPortalAsync(string folder, params string[] settings)
    {
        var app = Program.Build(["--urls=http://127.0.0.1:0", "--environment=Production", $"--PORTAL_DATA={folder}", .. settings], builder => builder.Logging.ClearProviders());
        await app.Services.GetRequiredService<Preparation>().RunAsync(withDemo: true, serving: true, CancellationToken.None);
        await app.StartAsync();
        return app;
    }

    /// <summary>An endpoint that writes the page and does nothing else.</summary>
    /// <param name="page">What it writes.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="cached">Whether the framework's output cache keeps what it writes.</param>
    public static async Task<WebApplication> StartBareAsync(Page page, string path, bool cached)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddOutputCache();
        var app = builder.Build();
        if (cached) app.UseOutputCache();
        var endpoint = app.MapGet(path, async (HttpContext http) =>
        {
            foreach (var (name, value) in page.Headers) http.Response.Headers[name] = value;
            http.Response.ContentLength = page.Body.Length;
            await http.Response.Body.WriteAsync(page.Body);
        });
        if (cached) endpoint.CacheOutput(policy => policy.Expire(TimeSpan.FromHours(1)).SetVaryByQuery([]));
        await app.StartAsync();
        return app;
    }

    /// <summary>The address of a chapter of the demo course.</summary>
    public static async Task<string> ChapterPathAsync(string url)
    {
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        var course = Link().Match(await client.GetStringAsync("/cours")).Value;
        return Regex.Match(await client.GetStringAsync(course), $"{course}/[a-z0-9-]+").Value;
    }

    /// <summary>The page as a hit gives it.</summary>
    public static async Task<Page> PageAsync(string url, string encoding)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", encoding);
        await client.GetByteArrayAsync(url);
        using var hit = await client.GetAsync(url);
        if (!hit.Headers.GetValues("Cache-Status").Single().Contains("; hit", StringComparison.Ordinal)) throw new InvalidOperationException("The second request was no hit.");
        var headers = hit.Headers.Concat(hit.Content.Headers).Where(h => h.Key is not ("Date" or "Content-Length" or "Transfer-Encoding"))
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value));
        return new Page(headers, await hit.Content.ReadAsByteArrayAsync());
    }

    static async Task CompareAsync(string encoding, Page page, int seconds, params (string Name, string Url)[] contenders)
    {
        foreach (var (name, url) in contenders)
        {
            var served = await PageAsyncOf(url);
            if (!served.AsSpan().SequenceEqual(page.Body)) throw new InvalidOperationException($"{name} does not serve the same bytes.");
            // Long enough for the last tier of the compiler: a longer pipeline takes longer to reach it.
            await Wrk.RunAsync(url, Math.Min(12, 4 * seconds), $"Accept-Encoding: {encoding}");
        }

        var rates = contenders.Select(_ => new List<double>()).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < contenders.Length; i++) rates[i].Add(await Wrk.RunAsync(contenders[i].Url, seconds, $"Accept-Encoding: {encoding}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{encoding}: {page.Body.Length} bytes, {Wrk.Connections} connections, medians of {Rounds} interleaved rounds of {seconds} s (lowest to highest)"));
        var aims = new double?[] { null, null, 0.9, 0.8, null };
        for (var i = 0; i < contenders.Length; i++)
        {
            var ratio = Median(rates[i]) / Median(rates[0]);
            var (lowest, highest) = Spread(rates[i], rates[0]);
            var said = aims[i] is { } aim ? string.Create(CultureInfo.InvariantCulture, $", aim {aim}: {Aim.Said(ratio >= aim)}") : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {contenders[i].Name,-26}{Median(rates[i]),9:F0} requests/s   {ratio:F2} of raw ({lowest:F2} to {highest:F2}){said}"));
        }

        var (worst, best) = Spread(rates[4], rates[2]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  leased tokens {Median(rates[4]) / Median(rates[2]):F2} of tokens in memory ({worst:F2} to {best:F2}), aim not to be told apart, with 1 between lowest and highest: {Aim.Said(worst <= 1 && best >= 1)}"));

        // Of one round and who is beside it, so that the machine's other work touches both.
        static (double Lowest, double Highest) Spread(List<double> mine, List<double> others)
        {
            var ratios = mine.Zip(others, (one, other) => one / other).ToList();
            return (ratios.Min(), ratios.Max());
        }

        async Task<byte[]> PageAsyncOf(string url)
        {
            using var client = new HttpClient();
            client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", encoding);
            return await client.GetByteArrayAsync(url);
        }
    }

    static async Task CountAsync(BenchRedis redis, string name, string encoding, string url, int seconds, int aim)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", encoding);
        var one = await redis.InfoAsync("total_commands_processed");
        for (var i = 0; i < Alone; i++) await client.GetByteArrayAsync(url);
        var many = await redis.InfoAsync("total_commands_processed");
        var rate = await Wrk.RunAsync(url, seconds, $"Accept-Encoding: {encoding}");
        var end = await redis.InfoAsync("total_commands_processed");
        var (alone, together) = ((many - one) / (double)Alone, (end - many) / (rate * seconds));
        // The poll's own, of which there are a few each second, are among them, and each lease's.
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  commands of Redis for each hit {name}: {alone:F3} for one reader, {together:F3} for {Wrk.Connections} at once, aim {aim}: {Aim.Said(Math.Max(alone, together) < aim + 0.02)}"));
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    [GeneratedRegex(@"(?<="")/cours/[a-z0-9-]+(?="")")]
    private static partial Regex Link();
}
