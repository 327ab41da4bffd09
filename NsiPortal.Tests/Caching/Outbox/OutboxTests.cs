using System.Data.Common;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NsiPortal.Data;
using NsiPortal.Support;

namespace NsiPortal.Caching.Outbox;

/// <summary>What one process changes, the others stop serving before the change is acknowledged; what one cannot hear, it does not serve.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    const string Page = "/cours/sql/jointures";

    static readonly TimeSpan Hearing = Licence.Length + TimeSpan.FromMilliseconds(250);

    readonly ManualTime time = new();
    PortalHost host = null!;
    HttpClient visitor = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PortalHost.StartAsync(adjust: StandStill);
        visitor = host.CreateClient();
        await host.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("sql").WithChapter("jointures").WithChapter("relations").Build());
            return db.SaveChangesAsync();
        });
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await host.DisposeAsync();
    }

    void StandStill(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<Licence>();

    // Time stands still, so a save that waited for anybody would never return: the test's own time-out would tell.
    [Fact(Timeout = 60_000)]
    public async Task A_process_that_is_alone_acknowledges_at_once_and_serves_the_change()
    {
        Assert.True((await ReadTwiceAsync()).Hit);
        await host.WithDbAsync(db => WriteAsync(db, "jointures", "Seul."));
        Assert.Contains("Seul.", (await visitor.AskAsync(Page)).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_command_beside_a_serving_process_answers_only_when_the_process_cannot_serve_what_it_changed()
    {
        Assert.True((await ReadTwiceAsync()).Hit);
        await using var command = PortalHost.Command(host, StandStill);

        var saving = command.WithDbAsync(db => WriteAsync(db, "jointures", "Par la commande."));
        while (time.WaitingFor(Hearing) == 0) await Task.Yield();
        Assert.False(saving.IsCompleted);
        time.Advance(Hearing);
        await saving;

        Assert.Contains("Par la commande.", (await visitor.AskAsync(Page)).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_transaction_of_a_command_waits_once_and_for_its_commit()
    {
        var before = await RowsAsync();
        await using var command = PortalHost.Command(host, StandStill);
        var committing = command.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await WriteAsync(db, "jointures", "Un.");
            await WriteAsync(db, "relations", "Deux.");
            Assert.Equal(0, time.WaitingFor(Hearing));
            await transaction.CommitAsync();
        });
        while (time.WaitingFor(Hearing) == 0) await Task.Yield();
        time.Advance(Hearing);
        await committing;
        Assert.Equal(before + 2, await RowsAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_process_that_stopped_keeps_nobody_waiting()
    {
        await using (await PortalHost.StartAsync(beside: host, StandStill)) Assert.Equal(2, await ReplicasAsync());

        Assert.Equal(1, await ReplicasAsync());
        await host.WithDbAsync(db => WriteAsync(db, "jointures", "Sans attendre."));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_writer_that_died_after_its_commit_changed_is_heard_by_the_poll()
    {
        Assert.True((await ReadTwiceAsync()).Hit);
        // The change and its row as such a writer leaves them: committed together, no token overwritten.
        await host.Data.ExecuteAsync("""
            BEGIN;
            UPDATE "Chapters" SET "Html" = '<p>Testament.</p>' WHERE "Slug" = 'jointures';
            INSERT INTO "CacheInvalidation" ("Key", "Tags") SELECT 'x', 'chapter:' || "Id" FROM "Chapters" WHERE "Slug" = 'jointures';
            COMMIT;
            """);

        while (!(await visitor.AskAsync(Page)).Text.Contains("Testament.", StringComparison.Ordinal)) await Task.Yield();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_row_that_takes_the_id_of_one_that_was_rolled_back_is_heard_all_the_same()
    {
        await host.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await WriteAsync(db, "relations", "Gardé.");
            await transaction.CreateSavepointAsync("ici");
            await WriteAsync(db, "relations", "Perdu.");
            await transaction.RollbackToSavepointAsync("ici");
            await transaction.CommitAsync();
        });

        await What_a_writer_that_died_after_its_commit_changed_is_heard_by_the_poll();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_commit_that_lands_after_its_save_was_given_up_is_heard()
    {
        var answer = new LostAnswer();
        await using var unlucky = await PortalHost.StartAsync(adjust: builder => builder.Services.AddSingleton<IInterceptor>(answer));
        await unlucky.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("sql").WithChapter("jointures").Build());
            return db.SaveChangesAsync();
        });
        answer.IsLost = true;
        await unlucky.WithDbAsync(db => Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(db, "jointures", "Tard.")));
        using var reader = unlucky.CreateClient();
        await reader.AskAsync(Page);
        Assert.True((await reader.AskAsync(Page)).Hit);

        await unlucky.Data.ExecuteAsync($"""
            BEGIN;
            UPDATE "Chapters" SET "Html" = '<p>Tard.</p>';
            INSERT INTO "CacheInvalidation" ("Key", "Tags") SELECT '{answer.Key}', 'chapter:' || "Id" FROM "Chapters";
            COMMIT;
            """);
        while (!(await reader.AskAsync(Page)).Text.Contains("Tard.", StringComparison.Ordinal)) await Task.Yield();
    }

    /// <summary>A commit whose answer does not come: the writer gives up, and nobody knows.</summary>
    sealed class LostAnswer : DbTransactionInterceptor
    {
        public bool IsLost { get; set; }

        public string? Key { get; private set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            if (!IsLost) return ValueTask.FromResult(result);
            IsLost = false;
            Key = eventData.Context!.ChangeTracker.Entries<CacheInvalidation>().Single().Entity.Key;
            throw new TimeoutException("The answer to the commit was lost.");
        }
    }

    // A server that crashed may hand out again the ids of transactions that it lost.
    [Fact(Timeout = 60_000)]
    [Trait("Database", "PostgreSQL")]
    public async Task What_a_server_that_came_back_counts_anew_is_heard()
    {
        await using var portal = await PortalHost.StartAsync();
        await portal.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("sql").WithChapter("jointures").Build());
            return db.SaveChangesAsync();
        });
        using var reader = portal.CreateClient();
        await reader.AskAsync(Page);
        Assert.True((await reader.AskAsync(Page)).Hit);

        // Below what the poll has seen, with the poll's connection gone as with its server.
        await portal.Data.ExecuteAsync("""
            UPDATE "Chapters" SET "Html" = '<p>Rechute.</p>';
            INSERT INTO "CacheInvalidation" ("Key", "Tags", "TransactionId") SELECT 'y', 'chapter:' || "Id", 3 FROM "Chapters";
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
            """);
        while (!(await reader.AskAsync(Page)).Text.Contains("Rechute.", StringComparison.Ordinal)) await Task.Yield();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_rolled_back_leaves_no_row(bool explicitly)
    {
        var before = await RowsAsync();
        await host.WithDbAsync(async db =>
        {
            if (explicitly)
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await WriteAsync(db, "jointures", "Jamais.");
                await transaction.RollbackAsync();
            }
            else
            {
                db.Add(new CourseBuilder("sql").Build());
                await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
                Assert.Empty(db.ChangeTracker.Entries<CacheInvalidation>());
            }
        });
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task A_bulk_statement_that_hides_its_tags_is_refused_and_one_that_says_them_evicts()
    {
        Assert.True((await ReadTwiceAsync()).Hit);
        await host.WithDbAsync(async db =>
        {
            var chapters = db.Chapters.Where(c => c.Slug == "jointures");
            await Assert.ThrowsAsync<InvalidOperationException>(() => chapters.ExecuteUpdateAsync(set => set.SetProperty(c => c.Html, "<p>En masse.</p>")));
            await Assert.ThrowsAsync<InvalidOperationException>(() => chapters.ExecuteDeleteAsync());
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.Database.ExecuteSqlRawAsync("""UPDATE "Chapters" SET "Html" = ''"""));
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.Chapters.FromSqlRaw("""UPDATE "Chapters" SET "Html" = '' RETURNING *""").ToListAsync());
        });
        Assert.True((await visitor.AskAsync(Page)).Hit);

        await host.WithDbAsync(db => db.WriteAsync([Tags.Everything],
            cancellation => db.Chapters.Where(c => c.Slug == "jointures").ExecuteUpdateAsync(set => set.SetProperty(c => c.Html, "<p>En masse.</p>"), cancellation)));
        Assert.Contains("En masse.", (await visitor.AskAsync(Page)).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_a_licence_pages_are_made_for_those_who_wait_and_kept_for_nobody()
    {
        await using var mute = await PortalHost.StartAsync(adjust: builder => builder.Services.AddSingleton<Licence, NoLicence>());
        await mute.WithDbAsync(db =>
        {
            db.Add(new CourseBuilder("sql").WithChapter("jointures").Build());
            return db.SaveChangesAsync();
        });
        var gate = new TaskCompletionSource();
        mute.Probe.Render = async _ =>
        {
            var text = $"rendu {mute.Probe.Renders}";
            await gate.Task;
            return text;
        };
        using var reader = mute.CreateClient();

        var first = reader.AskAsync("/essai/partage");
        while (mute.Probe.Renders == 0) await Task.Yield();
        var others = Enumerable.Range(0, 50).Select(_ => reader.AskAsync("/essai/partage")).ToList();
        var flights = mute.Services.GetRequiredService<Pages.BypassFlights>();
        while (flights.Followers < 49) await Task.Yield();
        gate.SetResult();

        Assert.Equal("rendu 1", (await first).Text);
        // They came after the first render had begun, which may have read what has changed since: one more serves them all.
        Assert.All(await Task.WhenAll(others), answer => Assert.Equal("rendu 2", answer.Text));
        var page = await reader.AskAsync(Page);
        Assert.Equal("NsiPortal; fwd=bypass; detail=unlicensed", page.CacheStatus);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.AskAsync("/cours/inconnu")).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task While_the_database_is_silent_shared_pages_are_served_unvouched_and_fresh_ones_return_with_it()
    {
        Assert.True((await ReadTwiceAsync()).Hit);
        await host.Data.ExecuteAsync("""ALTER TABLE "CacheInvalidation" RENAME TO "Muette" """);
        var licence = host.Services.GetRequiredService<Licence>();
        time.Advance(Licence.Length);
        while (!licence.DatabaseSilent) await Task.Yield();

        var answer = await visitor.AskAsync(Page);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.EndsWith("detail=unvouched", answer.CacheStatus, StringComparison.Ordinal);
        // It may have been given to somebody since.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await visitor.AskAsync("/cours/inconnu")).Status);

        await host.Data.ExecuteAsync("""ALTER TABLE "Muette" RENAME TO "CacheInvalidation" """);
        while (!licence.Held) await Task.Yield();
        Assert.True((await ReadTwiceAsync()).Hit);
        Assert.DoesNotContain("unvouched", (await visitor.AskAsync(Page)).CacheStatus, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    [Trait("Database", "SQLite")]
    public async Task A_database_that_takes_no_writes_for_long_is_not_silent()
    {
        await using var writer = await host.Data.ConnectAsync();
        await writer.ExecuteAsync("BEGIN IMMEDIATE");
        var licence = new Licence(time);
        using var poll = new OutboxPoll(host.Services.GetRequiredService<OutboxLog>().Connect, host.Services.GetRequiredService<OutboxLog>(), licence, time, NullLogger<OutboxPoll>.Instance);
        poll.Turn();
        Assert.Equal((false, false), (licence.Held, licence.DatabaseSilent));

        await writer.ExecuteAsync("ROLLBACK");
        poll.Turn();
        Assert.True(licence.Held);
    }

    async Task<Answer> ReadTwiceAsync()
    {
        await visitor.AskAsync(Page);
        return await visitor.AskAsync(Page);
    }

    static async Task WriteAsync(PortalDbContext db, string slug, string text)
    {
        (await db.Chapters.SingleAsync(c => c.Slug == slug)).Write("x", Text.Of(text));
        await db.SaveChangesAsync();
    }

    Task<int> RowsAsync() => host.WithDbAsync(db => db.Set<CacheInvalidation>().CountAsync());

    Task<int> ReplicasAsync() => host.WithDbAsync(db => db.Set<CacheReplica>().CountAsync());

    sealed class NoLicence(TimeProvider time) : Licence(time)
    {
        public override bool Held => false;
    }
}
