using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;
using NsiPortal.Commands.Seeding;
using NsiPortal.Data;
using NsiPortal.Learning;

namespace NsiPortal.Bench;

/// <summary>
/// A portal of very many pupils: how long seeding takes, and what the pages that read the most cost when no cache has them: time, commands, plans.
/// </summary>
static class StudentsBenchmark
{
    const int Samples = 60;

    public static Task<int> RunAsync(string[] args)
    {
        var users = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var attempts = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
        return BenchDatabase.OnBothAsync(create => MeasureAsync(create, users, attempts));
    }

    /// <summary>A portal with so many pupils, which serves and counts its commands.</summary>
    public static async Task<WebApplication> StartAsync(BenchDatabase database, int users, int attempts, Action<WebApplicationBuilder>? adjust = null, params string[] settings)
    {
        var seeded = await database.PrepareAsync();
        await using (var scope = seeded.Services.CreateAsyncScope())
        {
            var seed = ActivatorUtilities.CreateInstance<LoadSeed>(scope.ServiceProvider);
            var watch = Stopwatch.StartNew();
            await using var db = await seeded.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
            var written = await seed.RunAsync(db, users, attempts, CancellationToken.None);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(database.IsPostgres ? "PostgreSQL" : "SQLite")}: {written.Users} pupils and {written.Attempts} answers seeded in {watch.Elapsed.TotalSeconds:F0} s (aim 180)"));
        }

        // What the database does by itself in time, after so many rows at once.
        await using (var connection = await database.ConnectAsync()) await connection.ExecuteAsync(database.IsPostgres ? "VACUUM ANALYZE" : "ANALYZE");
        return await ServeAsync(database, adjust, settings);
    }

    /// <summary>The same again, on what was seeded.</summary>
    public static async Task<WebApplication> ServeAsync(BenchDatabase database, Action<WebApplicationBuilder>? adjust = null, params string[] settings)
    {
        var portal = database.Build(adjust, [.. settings, "Portal:ShowSqlCount=true"]);
        await portal.StartAsync();
        return portal;
    }

    static async Task<bool> MeasureAsync(Func<BenchDatabase> create, int users, int attempts)
    {
        await using var database = create();
        var plans = new Plans();
        var portal = await StartAsync(database, users, attempts, builder => builder.Services.AddSingleton<IInterceptor>(plans));
        using var pupils = await Pupils.OfAsync(portal, 400);
        var random = new Random(1);
        var good = true;

        good &= await PrintAsync("leaderboard page", 20, async _ =>
        {
            await EvictAsync(portal, Tags.Leaderboard);
            return await pupils.GetAsync("/classement?periode=toujours");
        });
        good &= await PrintAsync("my statistics", 20, i => pupils.GetAsync("/moi/statistiques", i));
        good &= await PrintAsync("my dashboard", 20, i => pupils.GetAsync("/moi", i));
        good &= await PrintAsync("my rank and neighbours", 20, i => pupils.GetAsync("/moi/rang?periode=toujours", i));
        good &= await PrintAsync("progress in a chapter", 20, i => pupils.GetAsync($"/moi/progression{pupils.Chapters[i % pupils.Chapters.Count]["/cours".Length..]}/partie", i));
        good &= await PrintAsync("submission, wrong", 15, i => pupils.SubmitAsync(pupils.Exercises[i % pupils.Exercises.Count], 100 + i, random, right: false));
        good &= await PrintAsync("submission, right", 15, i => pupils.SubmitAsync(pupils.Exercises[(i + 7) % pupils.Exercises.Count], 200 + i, random, right: true));
        good &= await RankAsync(portal, pupils);
        await plans.PrintAsync(database);
        return good;
    }

    static Task<int> EvictAsync(WebApplication portal, string tag) => WithDbAsync(portal, db => db.WriteAsync([tag], _ => Task.FromResult(0)));

    static async Task<T> WithDbAsync<T>(WebApplication portal, Func<PortalDbContext, Task<T>> act)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }

    static async Task<bool> RankAsync(WebApplication portal, Pupils pupils)
    {
        var times = new List<double>();
        foreach (var id in pupils.Ids.Take(2 * Samples))
        {
            await using var scope = portal.Services.CreateAsyncScope();
            var leaderboards = scope.ServiceProvider.GetRequiredService<Leaderboards>();
            await leaderboards.RankAsync(0, -1, CancellationToken.None);
            var watch = Stopwatch.StartNew();
            await leaderboards.RankAsync(0, id, CancellationToken.None);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.RemoveRange(0, Samples);
        return Print("my rank, its query alone", 2, times, [1]);
    }

    static async Task<bool> PrintAsync(string name, double aim, Func<int, Task<Reply>> ask)
    {
        // The first ones compile what they need.
        for (var i = 0; i < 20; i++) await ask(i + Samples);
        var replies = new List<Reply>();
        for (var i = 0; i < Samples; i++) replies.Add(await ask(i));
        var wrong = replies.Count(reply => reply.Status is not (HttpStatusCode.OK or HttpStatusCode.BadRequest) || reply.Hit);
        if (wrong > 0) Console.WriteLine($"  {name}: {wrong} of {replies.Count} failed or were cached: {replies.First(reply => reply.Status != HttpStatusCode.OK || reply.Hit).Status}");
        var taken = replies.Where(r => r.Status == HttpStatusCode.OK).ToList();
        return Print(name, aim, taken.ConvertAll(reply => reply.Took.TotalMilliseconds), taken.ConvertAll(reply => reply.Sql)) && wrong == 0;
    }

    internal static bool Print(string name, double aim, List<double> times, List<int> sql)
    {
        times.Sort();
        sql.Sort();
        var usual = sql[sql.Count / 2];
        var median = times[times.Count / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-28}{median,8:F2} ms (p95 {times[(int)(times.Count * 0.95)],7:F2}), aim {aim,4}; {usual} SQL commands (at most {sql[^1]}), aim 8"));
        return median < aim && usual <= 8;
    }

    /// <summary>The queries that were run, each once, and how the database finds their rows.</summary>
    sealed class Plans : DbCommandInterceptor
    {
        readonly Dictionary<string, Dictionary<string, object?>> seen = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
                lock (seen) seen.TryAdd(command.CommandText, command.Parameters.Cast<DbParameter>().ToDictionary(p => p.ParameterName, p => p.Value));
            return ValueTask.FromResult(result);
        }

        public async Task PrintAsync(BenchDatabase database)
        {
            await using var connection = await database.ConnectAsync();
            foreach (var (text, parameters) in seen.Where(query => new[] { "Standings", "Attempts", "ExerciseProgress", "DailyActivity", "EarnedBadges", "XpEvents" }.Any(table => query.Key.Contains($"\"{table}\"", StringComparison.Ordinal))))
            {
                await using var explain = connection.CreateCommand();
                explain.CommandText = (database.IsPostgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + text;
                foreach (var (name, value) in parameters)
                {
                    var parameter = explain.CreateParameter();
                    (parameter.ParameterName, parameter.Value) = (name, value);
                    explain.Parameters.Add(parameter);
                }

                Console.WriteLine($"\n  {string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");
                foreach (var line in await explain.ReadAsync(database.IsPostgres ? 0 : 3)) Console.WriteLine($"    {line}");
            }
        }
    }
}
