using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Invalidation;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data;
using NsiPortal.Rendering;

namespace NsiPortal.Bench;

/// <summary>
/// The save of a chapter of the demo course, loading and rendering included, by the portal that serves and is alone, beside the same save by one
/// that tells nobody: no tags, no outbox row, no tokens, no question who else serves. On one database, in turn.
/// </summary>
static class SaveBenchmark
{
    const int WarmUp = 300;
    const double Aim = 1.3;

    public static Task<int> RunAsync(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 400;
        return BenchDatabase.OnBothAsync(create => CompareAsync(create, rounds));
    }

    static async Task<bool> CompareAsync(Func<BenchDatabase> create, int rounds)
    {
        await using var database = create();
        var portal = await database.PrepareAsync();
        await portal.StartAsync();
        var bare = database.Build(builder => builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(InvalidationInterceptor))));
        await using var aside = await database.ConnectAsync();
        var chapters = await Chapters(portal);
        var rowsBefore = await CountRows();

        var (with, without, ratio, rendering) = (new Sample(), new Sample(), new Sample(), new Sample());
        for (var round = -WarmUp; round < rounds; round++)
        {
            var chapter = chapters[(round + WarmUp) % chapters.Count];
            var text = $"{chapter.Markdown}\n\nRelu {round + WarmUp} fois.\n";
            // Who comes first changes, so that neither always finds what the other left in memory.
            var other = round % 2 == 0 ? await SaveAsync(bare, chapter.Id, text + "Seul.") : 0;
            var mine = await SaveAsync(portal, chapter.Id, text);
            if (round % 2 != 0) other = await SaveAsync(bare, chapter.Id, text + "Seul.");
            var rendered = Time(() => portal.Services.GetRequiredService<MarkdownRenderer>().Render(text));
            if (round < 0) continue;
            with.Add(mine);
            without.Add(other);
            ratio.Add(mine / other);
            rendering.Add(rendered);
        }

        if (await CountRows() - rowsBefore != rounds + WarmUp) throw new InvalidOperationException("One row of the outbox was expected for each save of the portal, and none for the others.");

        Console.WriteLine(await DescribeAsync(database, aside, rounds));
        Print("without", without.ToString("F2", " ms"));
        Print("with its outbox row", with.ToString("F2", " ms"));
        Print("ratio", $"{ratio.ToString("F2")}, aim {Aim.ToString(CultureInfo.InvariantCulture)}: {(ratio.Median <= Aim ? "reached" : "missed")}");
        Print("of which rendering", rendering.ToString("F2", " ms"));
        await PrintCommitsAsync(database, aside);
        return true;

        async Task<long> CountRows() => long.Parse(await aside.ReadAsync($"""SELECT count(*) FROM "{OutboxSql.Invalidations}" """), CultureInfo.InvariantCulture);
    }

    static async Task<List<(int Id, string Markdown)>> Chapters(WebApplication portal)
    {
        await using var db = await Open(portal);
        var chapters = await db.Chapters.Where(c => c.Published).OrderBy(c => c.Position).Select(c => new { c.Id, c.Markdown }).ToListAsync();
        return chapters.ConvertAll(c => (c.Id, c.Markdown));
    }

    static Task<PortalDbContext> Open(WebApplication portal) => portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();

    static async Task<double> SaveAsync(WebApplication portal, int id, string text)
    {
        var renderer = portal.Services.GetRequiredService<MarkdownRenderer>();
        var start = Stopwatch.GetTimestamp();
        await using (var db = await Open(portal))
        {
            var chapter = await db.Chapters.SingleAsync(c => c.Id == id);
            chapter.Write(text, renderer.Render(text));
            await db.SaveChangesAsync();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    static async Task<string> DescribeAsync(BenchDatabase database, DbConnection connection, int rounds)
    {
        var settings = database.IsPostgres
            ? $"PostgreSQL {connection.ServerVersion}, fsync={await connection.ReadAsync("SHOW fsync")}, synchronous_commit={await connection.ReadAsync("SHOW synchronous_commit")}"
            : $"SQLite {connection.ServerVersion}, journal_mode={await connection.ReadAsync("PRAGMA journal_mode")}, synchronous={await connection.ReadAsync("PRAGMA synchronous")}";
        return $"{settings}: medians of {rounds} interleaved pairs (middle half)";
    }

    /// <summary>What the disk takes: a commit of one row, one that does not wait for the disk, and a file written through.</summary>
    static async Task PrintCommitsAsync(BenchDatabase database, DbConnection connection)
    {
        const string Commit = """UPDATE "Courses" SET "Position" = "Position" + 1""";
        var (durable, lazy, file) = (new Sample(), new Sample(), new Sample());
        await using var impatient = await database.ConnectAsync();
        await impatient.ExecuteAsync(database.IsPostgres ? "SET synchronous_commit = off" : "PRAGMA synchronous = OFF");
        var block = new byte[4096];
        await using var stream = new FileStream(Path.Combine(database.Folder, "block"), FileMode.Create);
        for (var i = 0; i < 200; i++)
        {
            durable.Add(await TimeAsync(() => connection.ExecuteAsync(Commit)));
            lazy.Add(await TimeAsync(() => impatient.ExecuteAsync(Commit)));
            file.Add(Time(() =>
            {
                stream.Write(block);
                stream.Flush(flushToDisk: true);
            }));
        }

        Print("a bare commit", durable.ToString("F2", " ms"));
        Print("one that skips the disk", lazy.ToString("F2", " ms"));
        Print("4 KB written and synced", file.ToString("F2", " ms"));
    }

    static void Print(string name, string value) => Console.WriteLine($"  {name,-26}{value}");

    static double Time(Action act)
    {
        var start = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    static async Task<double> TimeAsync(Func<Task> act)
    {
        var start = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
