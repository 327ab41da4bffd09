using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Data;
using NsiPortal.Domain.Learning;
using NsiPortal.Redis;

namespace NsiPortal.Bench;

/// <summary>
/// A school morning: a thousand pupils among very many read and answer, once with the caches off and once with them. And a lesson: a class that submits
/// while others read, after which every sum must be right.
/// </summary>
static class MorningBenchmark
{
    const int Active = 1_000;
    const int Users = 48;

    public static async Task<int> MorningAsync(string[] args)
    {
        var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60;
        var (users, attempts) = args.Length > 2 ? (int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture)) : (100_000, 1_000_000);
        await using var database = BenchDatabase.Sqlite();
        var off = await StudentsBenchmark.StartAsync(database, users, attempts, null, "Cache:MemoryLimit=0");
        var without = await LoadAsync(off, seconds, "caches off");
        await off.StopAsync();
        var on = await StudentsBenchmark.ServeAsync(database);
        var with = await LoadAsync(on, seconds, "caches on");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            SQL commands per request {without.PerRequest:F2} -> {with.PerRequest:F2}: {100 * (1 - (with.PerRequest / without.PerRequest)):F0} % fewer (aim 60)
            throughput {with.Rate / without.Rate:F2} times (aim 3)
            """));
        await on.StopAsync();
        return without.Errors + with.Errors == 0 && with.SqlOnSharedHits == 0 && with.PerRequest < 0.4 * without.PerRequest ? 0 : 1;
    }

    /// <summary>What happened under load.</summary>
    sealed record Load(double Rate, double PerRequest, int Errors, int SqlOnSharedHits);

    static async Task<Load> LoadAsync(WebApplication portal, int seconds, string name)
    {
        using var pupils = await Pupils.OfAsync(portal, Active);
        var replies = new ConcurrentDictionary<string, (int Count, long Sql, int Hits, int HitSql)>();
        var (errors, total) = (0, 0);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Users).Select(i => Task.Run(async () =>
        {
            var random = new Random(i);
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var (pupil, draw) = (random.Next(pupils.Ids.Count), random.Next(100));
                var exercise = pupils.Exercises[random.Next(pupils.Exercises.Count)];
                var chapter = pupils.Chapters[random.Next(pupils.Chapters.Count)];
                var (kind, reply) = draw switch
                {
                    < 40 => ("shared: chapter", await pupils.GetAsync(chapter)),
                    < 65 => ("shared: statement", await pupils.GetAsync(exercise)),
                    < 75 => ("shared: courses", await pupils.GetAsync("/cours")),
                    < 80 => ("shared: leaderboard", await pupils.GetAsync("/classement")),
                    < 86 => ("personal: dashboard", await pupils.GetAsync("/moi", pupil)),
                    < 92 => ("personal: progress", await pupils.GetAsync($"/moi/progression{chapter["/cours".Length..]}/partie", pupil)),
                    < 95 => ("personal: statistics", await pupils.GetAsync("/moi/statistiques", pupil)),
                    _ => ("submission, form included", await pupils.SubmitAsync(exercise, pupil, random, random.Next(3) > 0)),
                };
                Interlocked.Increment(ref total);
                // Who has no try left is told so.
                if (reply.Status is not (HttpStatusCode.OK or HttpStatusCode.BadRequest)) Interlocked.Increment(ref errors);
                replies.AddOrUpdate(kind, _ => (1, reply.Sql, reply.Hit ? 1 : 0, reply.Hit ? reply.Sql : 0), (_, sum) => (sum.Count + 1, sum.Sql + reply.Sql, sum.Hits + (reply.Hit ? 1 : 0), sum.HitSql + (reply.Hit ? reply.Sql : 0)));
            }
        })));
        var rate = total / watch.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {total} requests in {watch.Elapsed.TotalSeconds:F0} s by {Users} at once for {Active} pupils, {rate:F0} a second, {errors} errors"));
        foreach (var (kind, sum) in replies.OrderBy(kind => kind.Key, StringComparer.Ordinal))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind,-28}{sum.Count,8} requests, {100.0 * sum.Hits / sum.Count,4:F0} % hits, {(double)sum.Sql / sum.Count,6:F2} SQL commands each"));
        return new Load(rate, replies.Values.Sum(sum => sum.Sql) / (double)total, errors, replies.Where(kind => kind.Key.StartsWith("shared", StringComparison.Ordinal)).Sum(kind => kind.Value.HitSql));
    }

    public static async Task<int> LessonAsync(string[] args)
    {
        // A portal that has just started compiles what it runs: those seconds are told apart.
        const int pupilsOfClass = 35, readers = 300, start = 10;
        var seconds = start + (args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60);
        await using var database = BenchDatabase.Sqlite();
        var portal = await StudentsBenchmark.StartAsync(database, 2_000, 20_000);
        using var pupils = await Pupils.OfAsync(portal, pupilsOfClass);
        var before = await SumsAsync(portal, pupils.Ids);
        var (sent, errors, read) = (0, 0, 0);
        var (atStart, times) = (new ConcurrentBag<double>(), new ConcurrentBag<double>());
        var watch = Stopwatch.StartNew();
        var submitting = Enumerable.Range(0, pupilsOfClass).Select(i => Task.Run(async () =>
        {
            var random = new Random(i);
            // Each at a moment of their own, as hands are.
            await Task.Delay(TimeSpan.FromSeconds(2.0 * i / pupilsOfClass));
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var next = Task.Delay(TimeSpan.FromSeconds(2));
                var reply = await pupils.SubmitAsync(pupils.Exercises[random.Next(pupils.Exercises.Count)], i, random, random.Next(2) == 0);
                if (reply.Status == HttpStatusCode.OK) Interlocked.Increment(ref sent);
                else if (reply.Status != HttpStatusCode.BadRequest) Interlocked.Increment(ref errors);
                if (watch.Elapsed.TotalSeconds > start) times.Add(reply.Took.TotalMilliseconds);
                else atStart.Add(reply.Took.TotalMilliseconds);
                await next;
            }
        }));
        // Each reads a page, and looks at it for a while.
        var reading = Enumerable.Range(0, readers).Select(i => Task.Run(async () =>
        {
            var random = new Random(1000 + i);
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var reply = await pupils.GetAsync(random.Next(3) == 0 ? pupils.Exercises[random.Next(pupils.Exercises.Count)] : pupils.Chapters[random.Next(pupils.Chapters.Count)]);
                if (reply.Status != HttpStatusCode.OK) Interlocked.Increment(ref errors);
                Interlocked.Increment(ref read);
                await Task.Delay(random.Next(1000));
            }
        }));
        await Task.WhenAll([.. submitting, .. reading]);
        var after = await SumsAsync(portal, pupils.Ids);
        var sorted = times.Order().ToList();
        var lost = sent - (after.Attempts - before.Attempts);
        var sums = after.Events == after.Standings && after.Events == after.Daily;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {pupilsOfClass} pupils submitted every 2 s for {seconds} s while {readers} read: {sent} answers taken, {read} pages read, {errors} errors
            attempts kept {after.Attempts - before.Attempts}: {lost} lost or doubled; XP of events {after.Events}, standings {after.Standings}, days {after.Daily}: {(sums ? "equal" : "DIFFERENT")}
            a submission took {sorted[sorted.Count / 2]:F0} ms, p99 {sorted[(int)(sorted.Count * 0.99)]:F0} ms (aim 150); in the first {start} s, {atStart.Max():F0} ms at most
            """));
        return errors == 0 && lost == 0 && sums ? 0 : 1;
    }

    /// <summary>What stands in Redis, by kind: keys, and bytes with what the server needs to keep them.</summary>
    static readonly RedisScript Kinds = new("""
        local kinds, told = {}, {}
        for _, key in ipairs(redis.call('KEYS', ARGV[1] .. ':*')) do
          local rest = string.sub(key, #ARGV[1] + 2)
          local kind = string.match(rest, '^page:data own') or string.match(rest, '^page:data') or string.match(rest, '^%a+')
          kinds[kind] = kinds[kind] or {0, 0}
          kinds[kind][1] = kinds[kind][1] + 1
          kinds[kind][2] = kinds[kind][2] + redis.call('MEMORY', 'USAGE', key, 'SAMPLES', '0')
        end
        for kind, sum in pairs(kinds) do table.insert(told, {kind, sum[1], sum[2]}) end
        return told
        """);

    /// <summary>What Redis takes for a thousand pupils: statistics, answers, progress in twelve chapters, and a session each.</summary>
    public static async Task<int> MemoryAsync()
    {
        const double peer = 6.6;
        const int chapters = 12;
        // The account, what they have done, their answers, and the session.
        const int entries = 4 * Active;
        await using var redis = await BenchRedis.StartAsync();
        await redis.Client.StartAsync(CancellationToken.None);
        await using var database = BenchDatabase.Sqlite();
        // All together, however slow the machine.
        var portal = await StudentsBenchmark.StartAsync(database, 2_000, 40_000, null, $"REDIS_URL={redis.Server.Url}", "Cache:Short=01:00:00", "Cache:Medium=01:00:00");
        using var pupils = await Pupils.OfAsync(portal, Active);
        var sessions = portal.Services.GetRequiredService<IDistributedCache>();
        var before = await redis.InfoAsync("used_memory");
        var (asked, bytes, sql) = (0, 0L, 0L);
        for (var pupil = 0; pupil < Active; pupil++)
        {
            var progress = pupils.Chapters.Take(chapters).Select(chapter => $"/moi/progression{chapter["/cours".Length..]}/partie");
            foreach (var path in progress.Prepend("/moi/tentatives").Prepend("/moi/statistiques"))
            {
                var reply = await pupils.GetAsync(path, pupil);
                if (reply.Status != HttpStatusCode.OK) throw new InvalidOperationException($"{path}: {reply.Status}");
                asked++;
                bytes += reply.Bytes;
                sql += reply.Sql;
            }

            await sessions.SetAsync(Guid.NewGuid().ToString("n"), new byte[300], new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(20) });
        }

        // Kept off the path of requests: wait until they are there.
        var kept = 0L;
        for (var i = 0; i < 600 && kept < entries; i++)
        {
            await Task.Delay(50);
            kept = (await redis.Client.SendAsync(new RedisCommand("DBSIZE"))).AsInteger();
        }

        var taken = (await redis.InfoAsync("used_memory") - before) / 1_000_000.0;
        foreach (var kind in (await redis.Client.RunAsync(Kinds, [], [BenchRedis.Prefix])).Items.OrderBy(kind => kind.Items[0].AsString(), StringComparer.Ordinal))
        {
            var (count, size) = (kind.Items[1].AsInteger(), kind.Items[2].AsInteger());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind.Items[0].AsString(),-16}{count,6} keys, {size / 1_000_000.0,6:F2} MB, {size / (double)count,7:F0} bytes each"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {Active} pupils with {asked / Active} pages and a session each ({bytes / (double)asked:F0} bytes a page as sent, in br; {sql / (double)asked:F2} SQL commands each): {taken:F2} MB in Redis,
            the Django portal {peer} MB for its data of 1,000 pupils: {(taken < peer ? "below it" : "MISSED")}; the server alone {before / 1_000_000.0:F2} MB
            """));
        return kept >= entries && taken < peer ? 0 : 1;
    }

    static async Task<(int Attempts, long Events, long Standings, long Daily)> SumsAsync(WebApplication portal, IReadOnlyList<int> ids)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        return (await db.Attempts.CountAsync(a => a.UserId != null && ids.Contains(a.UserId.Value)), await db.XpEvents.Where(e => ids.Contains(e.UserId)).SumAsync(e => (long)e.Amount),
            await db.Standings.Where(s => s.Period == Period.AllTime && ids.Contains(s.UserId)).SumAsync(s => (long)s.Xp), await db.DailyActivity.Where(a => ids.Contains(a.UserId)).SumAsync(a => (long)a.Xp));
    }
}
