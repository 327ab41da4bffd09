using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Support;

namespace NsiPortal.Data.Sqlite;

/// <summary>What may stand in the way of a start on a file: a lock, an orphan, a full disk.</summary>
[Trait("Database", "SQLite")]
public sealed class SqliteStartTests
{
    [Fact]
    public async Task A_process_killed_while_it_held_the_lock_blocks_nobody()
    {
        await using var data = new TempFolder();
        // Holds the lock of the portal, as a process in the middle of its migration does, until it is killed.
        await using var holder = PortalProcess.Start("bash", ["-c", $"exec 9>'{data["portal.lock"]}'; flock -n 9; echo tenu; exec sleep infinity"], []);
        await holder.SaysAsync("tenu");

        await using var next = PortalProcess.Start(["seed"], data.Variables);
        await next.SaysAsync("Another process prepares the database");
        Assert.False(File.Exists(data["portal.db"]));

        holder.Kill();
        var ending = await next.EndAsync();
        Assert.Equal((0, ""), (ending.Code, ending.Errors));
        await data.AssertSeededOnceAsync();
    }

    [Fact]
    public async Task The_folder_that_it_makes_is_its_user_s_alone()
    {
        await using var data = new TempFolder();
        Assert.Equal(0, (await PortalProcess.RunAsync(["migrate"], [$"PORTAL_DATA={data["neuf"]}"])).Code);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(data["neuf"]).UnixFileMode);
    }

    [Fact]
    public async Task The_row_that_a_killed_migration_leaves_blocks_nobody()
    {
        await using var data = new TempFolder();
        // What EF writes before it migrates, and removes afterwards.
        await data.ExecuteAsync(
            """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
        await data.ExecuteAsync("""INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00')""");

        Assert.Equal(0, (await PortalProcess.RunAsync(["seed"], data.Variables)).Code);
        await data.AssertSeededOnceAsync();
    }

    [Fact]
    public async Task The_schema_is_made_whole_after_a_kill_between_two_statements()
    {
        await using var data = new TempFolder();
        await using var killed = PortalProcess.Start(["seed"], data.Variables);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        // The write-ahead log is there from the first statement of the migration to the end of the process.
        while (!File.Exists(data["portal.db-wal"])) await Task.Delay(1, patience.Token);
        killed.Kill();
        await killed.EndAsync();

        Assert.Equal(0, (await PortalProcess.RunAsync(["seed"], data.Variables)).Code);
        await data.AssertSeededOnceAsync();
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
        }, serving: false, CancellationToken.None));
        Assert.EndsWith("est plein.", refused.Message, StringComparison.Ordinal);
    }
}
