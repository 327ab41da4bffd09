using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Commands;
using NsiPortal.Domain.Courses;
using NsiPortal.Rendering;
using NsiPortal.Support;

namespace NsiPortal.Data;

/// <summary>Bringing a database up to this build: alone, in a crowd, and after somebody died in the middle.</summary>
public sealed class DatabaseStartTests
{
    [Fact]
    public async Task Ten_processes_on_one_empty_folder_end_with_one_seeded_database()
    {
        await using var data = new TempFolder();
        var endings = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PortalProcess.RunAsync(["seed"], $"PORTAL_DATA={data.Path}")));

        Assert.All(endings, ending => Assert.Equal((0, ""), (ending.Code, ending.Errors)));
        // Somewhere in the output: the log is written behind the command's back.
        Assert.Single(endings, ending => ending.Output.Contains("1 cours chargé(s).\n", StringComparison.Ordinal));
        await AssertSeededOnceAsync(data);
    }

    [Fact]
    public async Task A_process_killed_while_it_held_the_lock_blocks_nobody()
    {
        await using var data = new TempFolder();
        // Holds the lock of the portal, as a process in the middle of its migration does, until it is killed.
        await using var holder = PortalProcess.Start("bash", ["-c", $"exec 9>'{data["portal.lock"]}'; flock -n 9; echo tenu; exec sleep infinity"], []);
        await holder.SaysAsync("tenu");

        await using var next = PortalProcess.Start(["seed"], $"PORTAL_DATA={data.Path}");
        await next.SaysAsync("Another process prepares the database");
        Assert.False(File.Exists(data["portal.db"]));

        holder.Kill();
        var ending = await next.EndAsync();
        Assert.Equal((0, ""), (ending.Code, ending.Errors));
        await AssertSeededOnceAsync(data);
    }

    [Fact]
    public async Task The_row_that_a_killed_migration_leaves_blocks_nobody()
    {
        await using var data = new TempFolder();
        // What EF writes before it migrates, and removes afterwards.
        await data.ExecuteAsync(
            """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
        await data.ExecuteAsync("""INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00')""");

        Assert.Equal(0, (await PortalProcess.RunAsync(["seed"], $"PORTAL_DATA={data.Path}")).Code);
        await AssertSeededOnceAsync(data);
    }

    [Fact]
    public async Task The_schema_is_made_whole_after_a_kill_between_two_statements()
    {
        await using var data = new TempFolder();
        await using var killed = PortalProcess.Start(["seed"], $"PORTAL_DATA={data.Path}");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        // The write-ahead log is there from the first statement of the migration to the end of the process.
        while (!File.Exists(data["portal.db-wal"])) await Task.Delay(1, patience.Token);
        killed.Kill();
        await killed.EndAsync();

        Assert.Equal(0, (await PortalProcess.RunAsync(["seed"], $"PORTAL_DATA={data.Path}")).Code);
        await AssertSeededOnceAsync(data);
    }

    [Fact]
    public async Task A_disk_that_is_full_in_the_middle_is_told()
    {
        await using var host = await PortalHost.StartAsync();
        var refused = await Assert.ThrowsAsync<DatabaseUnusableException>(() => host.Services.GetRequiredService<DatabaseStart>().RunAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA max_page_count = 1");
            var course = new CourseBuilder("gros").Build();
            course.Attach("gros.txt", "text/plain", new byte[100_000]);
            db.Add(course);
            await db.SaveChangesAsync();
        }, CancellationToken.None));
        Assert.EndsWith("est plein.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chapters_of_an_older_renderer_are_rendered_again_and_evicted()
    {
        await using var host = await PortalHost.StartAsync();
        await host.WithDbAsync(db =>
        {
            var course = new CourseBuilder("sql").WithChapter("jointures").WithChapter("recent").Build();
            course.Chapters[0].Write("*neuf*", new RenderedText("<p>ancien</p>", [], 1, MarkdownRenderer.Version - 1));
            course.Chapters[1].Write("*neuf*", new RenderedText("<p>tel quel</p>", [], 1, MarkdownRenderer.Version));
            db.Add(course);
            return db.SaveChangesAsync();
        });
        using var visitor = host.CreateClient();
        Assert.Contains("ancien", (await visitor.AskAsync("/cours/sql/jointures")).Text, StringComparison.Ordinal);
        Assert.True((await visitor.AskAsync("/cours/sql/jointures")).Hit);

        await host.Services.GetRequiredService<Preparation>().RunAsync(withDemo: false, CancellationToken.None);

        var answer = await visitor.AskAsync("/cours/sql/jointures");
        Assert.Contains("<em>neuf</em>", answer.Text, StringComparison.Ordinal);
        Assert.Contains("tel quel", (await visitor.AskAsync("/cours/sql/recent")).Text, StringComparison.Ordinal);
        Assert.Equal([MarkdownRenderer.Version], await host.WithDbAsync(db => db.Chapters.Select(c => c.RendererVersion).Distinct().ToListAsync()));
    }

    [Fact]
    public async Task A_start_brings_the_programme_to_what_this_build_knows_and_evicts_only_then()
    {
        await using var host = await PortalHost.StartAsync();
        await host.WithDbAsync(async db =>
        {
            var course = new CourseBuilder("sql").WithChapter("jointures").Build();
            course.Chapters[0].Cover([await db.ProgrammeContents.SingleAsync(c => c.Code == "T-BDD-4")]);
            db.Add(course);
            await db.SaveChangesAsync();
            (await db.ProgrammeContents.SingleAsync(c => c.Code == "T-BDD-4")).Correct(new ProgrammeContent("T-BDD-4", Level.Premiere, "?", "?", 9));
            db.Remove(await db.ProgrammeContents.SingleAsync(c => c.Code == "P-HIST-1"));
            await db.SaveChangesAsync();
        });
        using var visitor = host.CreateClient();
        var preparation = host.Services.GetRequiredService<Preparation>();
        await visitor.AskAsync("/cours/sql/jointures");

        await preparation.RunAsync(withDemo: false, CancellationToken.None);
        Assert.False((await visitor.AskAsync("/cours/sql/jointures")).Hit);
        var rows = await host.WithDbAsync(db => db.ProgrammeContents.AsNoTracking().OrderBy(c => c.Code).ToListAsync());
        Assert.Equal(
            Programme.Contents.OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => (c.Code, c.Level, c.Theme, c.Title, c.Position)),
            rows.Select(c => (c.Code, c.Level, c.Theme, c.Title, c.Position)));

        await preparation.RunAsync(withDemo: false, CancellationToken.None);
        Assert.True((await visitor.AskAsync("/cours/sql/jointures")).Hit);
    }

    static async Task AssertSeededOnceAsync(TempFolder data)
    {
        await using var db = data.OpenDatabase();
        Assert.Equal(1, await db.Identity.CountAsync());
        Assert.Equal(["bases-de-donnees-et-sql"], await db.Courses.Select(c => c.Slug).ToListAsync());
        Assert.Equal(6, await db.Chapters.CountAsync());
        Assert.Equal(Programme.Contents.Count, await db.ProgrammeContents.CountAsync());
        Assert.Equal(["ok"], await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").ToListAsync());
    }
}
