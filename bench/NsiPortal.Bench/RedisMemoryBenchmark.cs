using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NsiPortal.Caching;
using NsiPortal.Caching.Pages;
using NsiPortal.Commands;
using NsiPortal.Redis;
using NsiPortal.Support;

namespace NsiPortal.Bench;

/// <summary>What Redis takes for a page, such as processes share, of each of many readers and for the sessions of many visitors, put there by the portal itself.</summary>
static class RedisMemoryBenchmark
{
    const int Readers = 3_000;
    const int Sessions = 1_000;
    const double Aim = 10;

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("nsi-bench-");
        try
        {
            await using var redis = await BenchRedis.StartAsync();
            await redis.Client.StartAsync(CancellationToken.None);
            await using var portal = Program.Build(
                ["--urls=http://127.0.0.1:0", "--environment=Production", $"--PORTAL_DATA={folder.FullName}", $"--REDIS_URL={redis.Server.Url}"], builder =>
                {
                    builder.Logging.ClearProviders();
                    HeaderAuthentication.Add(builder);
                    builder.Services.AddControllers().AddApplicationPart(typeof(DashboardController).Assembly);
                });
            await portal.Services.GetRequiredService<Preparation>().RunAsync(withDemo: true, serving: true, CancellationToken.None);
            await portal.StartAsync();
            DashboardController.Style = await StyleAsync(portal.Urls.First());

            var before = await redis.InfoAsync("used_memory");
            var (identity, sent) = await VisitAsync(portal.Urls.First());
            for (var i = 0; i < 1000 && await CountAsync(redis) < Readers; i++) await Task.Delay(10);
            var (pages, withPages) = (await CountAsync(redis), await redis.InfoAsync("used_memory"));
            var session = 0;
            foreach (var i in Enumerable.Range(0, Sessions)) session = await KeepSessionAsync(portal.Services.GetRequiredService<IDistributedCache>(), i);
            var all = await redis.InfoAsync("used_memory");

            var taken = Megabytes(all - before);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {pages} personal pages of {identity} bytes of HTML ({sent} as sent, in br) and {Sessions} sessions of {session} bytes
                  pages      {Megabytes(withPages - before),6:F2} MB, {(withPages - before) / (double)pages:F0} bytes each
                  sessions   {Megabytes(all - withPages),6:F2} MB, {(all - withPages) / (double)Sessions:F0} bytes each
                  together   {taken,6:F2} MB of the server's used_memory, aim {Aim} MB: {(taken < Aim ? "reached" : "missed")}; the server alone {Megabytes(before):F2} MB
                """));
            return pages == Readers && taken < Aim ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static double Megabytes(long bytes) => bytes / 1_000_000.0;

    static Task<long> CountAsync(BenchRedis redis) => redis.Client.RunAsync(new RedisScript("return #redis.call('KEYS', ARGV[1])"), [], [BenchRedis.Prefix + ":page:*MOI*"]).AsTask()
        .ContinueWith(count => count.Result.AsInteger(), TaskScheduler.Default);

    /// <summary>The head and the frame of a page of the portal, for one that looks like its own.</summary>
    static async Task<(string Before, string After)> StyleAsync(string url)
    {
        using var client = new HttpClient();
        var page = await client.GetStringAsync(url + "/cours");
        var main = Regex.Match(page, "<main.*</main>", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        return (page[..main.Index], page[(main.Index + main.Length)..]);
    }

    static async Task<(int Identity, int Sent)> VisitAsync(string url)
    {
        using var client = new HttpClient();
        var sent = 0;
        for (var i = 0; i < Readers; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url + DashboardController.Path);
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "br");
            request.Headers.TryAddWithoutValidation(HeaderAuthentication.Header, Guid.NewGuid().ToString());
            using var answer = await client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            sent = (await answer.Content.ReadAsByteArrayAsync()).Length;
        }

        return (DashboardController.Length, sent);
    }

    /// <summary>Some answers of a visitor, under an id as the portal draws them.</summary>
    static async Task<int> KeepSessionAsync(IDistributedCache sessions, int visitor)
    {
        var answers = Enumerable.Range(0, 5).ToDictionary(i => $"essai:{(visitor * 7 + i) % 40}", i => RandomNumberGenerator.GetBytes(24 + (8 * i)));
        var value = JsonSerializer.SerializeToUtf8Bytes(answers);
        await sessions.SetAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), value, new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) });
        return value.Length;
    }
}

/// <summary>A page of one pupil, until the portal has its own: eight kilobytes of what differs from pupil to pupil, in the portal's frame.</summary>
public sealed class DashboardController : Controller
{
    internal const string Path = "/essai/moi";
    const int Size = 8 * 1024;

    static readonly string[] Words =
        ["Les dictionnaires", "Tables et index", "Tri par insertion", "Représentation des flottants", "Circuits logiques", "Récursivité", "Arbres binaires", "Protocole TCP", "Jointures", "k plus proches voisins"];

    internal static (string Before, string After) Style { get; set; }

    internal static int Length { get; private set; }

    [HttpGet(Path)]
    [PersonalPage(CacheTier.Medium, Tags.User, Tags.Courses, Bounded = true)]
    public IActionResult Index()
    {
        var random = new Random();
        var page = new System.Text.StringBuilder(Style.Before).Append("<main id=\"contenu\"><h1>Mon tableau de bord</h1><table>");
        for (var row = 1; page.Length + Style.After.Length < Size; row++)
        {
            page.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><a href="/cours/c{random.Next(40)}/h{random.Next(400)}">{Words[random.Next(Words.Length)]} {row}</a></td><td class="nombre">{random.Next(100)} %</td><td class="nombre">{random.Next(900)} points</td><td><time datetime="2026-{random.Next(1, 13):00}-{random.Next(1, 29):00}">le {random.Next(1, 29)}/{random.Next(1, 13):00}/2026 à {random.Next(24)} h {random.Next(60):00}</time></td></tr>

                """);
        }

        page.Append("</table></main>").Append(Style.After);
        Length = System.Text.Encoding.UTF8.GetByteCount(page.ToString());
        return Content(page.ToString(), "text/html; charset=utf-8");
    }
}
