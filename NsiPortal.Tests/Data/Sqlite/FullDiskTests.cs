using System.Data.Common;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Support;

namespace NsiPortal.Data.Sqlite;

/// <summary>A disk that fills up under a portal that serves, and is given room again.</summary>
[Trait("Database", "SQLite")]
public sealed class FullDiskTests : IAsyncLifetime
{
    const string Page = "/cours/sql/jointures";
    const string Other = "/cours/python";

    readonly Disk disk = new();
    PortalHost host = null!;
    HttpClient visitor = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PortalHost.StartAsync(adjust: builder => builder.Services.AddSingleton<IInterceptor>(disk));
        visitor = host.CreateClient();
        await host.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("sql").WithChapter("jointures").Build());
            db.Add(new CourseBuilder("python").WithChapter("fonctions").Build());
            return db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await host.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task The_save_fails_whole_readers_go_on_and_the_next_save_needs_no_restart()
    {
        await SaveAsync("Avant.", attachment: 10);
        await KeptAsync(Page);
        await KeptAsync(Other);

        disk.Full = true;
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => SaveAsync("Perdu.", attachment: 100_000));
        Assert.Equal(SQLitePCL.raw.SQLITE_FULL, Assert.IsType<SqliteException>(refused.InnerException).SqliteErrorCode);

        // It failed before its commit, so that nothing is in doubt: what is kept is still what is there.
        var still = await visitor.AskAsync(Page);
        Assert.True(still.Hit, still.CacheStatus);
        Assert.Contains("Avant.", still.Text, StringComparison.Ordinal);
        Assert.True((await visitor.AskAsync(Other)).Hit);
        Assert.Contains("Avant.", (await KeptAsync(Page)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("/cours/sql/fichiers/100000.txt")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/health/ready")).Status);

        disk.Full = false;
        await SaveAsync("Après.", attachment: 100_000);
        Assert.Contains("Après.", (await visitor.AskAsync(Page)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/cours/sql/fichiers/100000.txt")).Status);
    }

    /// <summary>A page is kept after its last byte has been sent: its reader may be faster.</summary>
    async Task<Answer> KeptAsync(string page)
    {
        while (true)
        {
            if (await visitor.AskAsync(page) is { Hit: true } kept) return kept;
        }
    }

    /// <summary>Writes a chapter and a file of so many bytes, in one save.</summary>
    Task SaveAsync(string text, int attachment) => host.WithDbAsync(async db =>
    {
        var course = await db.Courses.Include(c => c.Chapters).Include(c => c.Files).SingleAsync(c => c.Slug == "sql");
        course.Chapters.Single().Write("x", Text.Of(text));
        course.Attach($"{attachment}.txt", "text/plain", new byte[attachment]);
        await db.SaveChangesAsync();
    });

    /// <summary>Lets the file grow no further while it is full. SQLite forgets the limit with the connection, and the pool does not.</summary>
    sealed class Disk : DbConnectionInterceptor
    {
        public volatile bool Full;

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await connection.ExecuteAsync($"PRAGMA max_page_count = {(Full ? 1 : int.MaxValue)}");
        }
    }
}
