using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;
using NsiPortal.Domain.Courses;
using NsiPortal.Support;

namespace NsiPortal.Data;

/// <summary>A course appears when its time has come: once, whoever looks first, and whatever its teacher does at that moment.</summary>
public sealed class ScheduledPublicationTests : IAsyncLifetime
{
    const string Page = "/cours/sql";

    static readonly TimeSpan Hearing = Licence.Length + TimeSpan.FromMilliseconds(250);

    readonly ManualTime time = new();
    readonly Ambush ambush = new();
    PortalHost host = null!;
    HttpClient visitor = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PortalHost.StartAsync(adjust: TakeTurnsWhenTold);
        visitor = host.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await host.DisposeAsync();
    }

    void StandStill(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<Licence>();
        builder.Services.AddSingleton<IInterceptor>(ambush);
    }

    void TakeTurnsWhenTold(WebApplicationBuilder builder)
    {
        StandStill(builder);
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(ScheduledPublication)));
        builder.Services.AddSingleton<ScheduledPublication>();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_course_appears_at_its_time_and_not_before()
    {
        await ScheduleAsync(time.GetUtcNow().AddMinutes(10));
        Assert.DoesNotContain(Page, (await visitor.AskAsync("/cours")).Text, StringComparison.Ordinal);
        Assert.True((await visitor.AskAsync("/cours")).Hit);
        var rows = await RowsAsync();

        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        await TurnAsync(host);
        Assert.Equal((rows, HttpStatusCode.NotFound), (await RowsAsync(), (await visitor.AskAsync(Page)).Status));

        time.Advance(TimeSpan.FromTicks(1));
        await TurnAsync(host);
        Assert.Equal((rows + 1, HttpStatusCode.OK), (await RowsAsync(), (await visitor.AskAsync(Page)).Status));
        Assert.Contains(Page, (await visitor.AskAsync("/cours")).Text, StringComparison.Ordinal);
        Assert.Equal((true, null), await StateAsync());

        await TurnAsync(host);
        Assert.Equal(rows + 1, await RowsAsync());
    }

    // The wall clock of a classroom, and the instant when it shows that for the first time.
    [Theory(Timeout = 60_000)]
    [InlineData("2026-03-29 01:59", "2026-03-29T00:59Z")]
    [InlineData("2026-03-29 02:30", "2026-03-29T01:30Z")]
    [InlineData("2026-03-29 03:00", "2026-03-29T01:00Z")]
    [InlineData("2026-03-29 08:00", "2026-03-29T06:00Z")]
    [InlineData("2026-10-25 02:30", "2026-10-25T00:30Z")]
    [InlineData("2026-10-25 03:00", "2026-10-25T02:00Z")]
    [InlineData("2026-10-25 08:00", "2026-10-25T07:00Z")]
    public async Task A_change_of_hour_makes_nothing_early_or_late(string wall, string instant)
    {
        var due = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
        await ScheduleAsync(ParisTime.ToInstant(DateTime.Parse(wall, CultureInfo.InvariantCulture)));

        time.Advance(due - TimeSpan.FromSeconds(1) - time.GetUtcNow());
        await TurnAsync(host);
        Assert.Equal((false, due), await StateAsync());

        time.Advance(TimeSpan.FromSeconds(1));
        await TurnAsync(host);
        Assert.Equal((true, null), await StateAsync());
    }

    [Fact]
    public async Task A_course_that_a_bulk_statement_has_published_already_only_loses_its_schedule()
    {
        await ScheduleAsync(time.GetUtcNow());
        await host.WithDbAsync(db => db.WriteAsync([Tags.Everything], cancellation => db.Courses.ExecuteUpdateAsync(set => set.SetProperty(c => c.Published, true), cancellation)));
        await visitor.AskAsync(Page);
        var rows = await RowsAsync();

        await TurnAsync(host);

        Assert.Equal((true, null), await StateAsync());
        Assert.Equal((rows, true), (await RowsAsync(), (await visitor.AskAsync(Page)).Hit));
    }

    [Fact(Timeout = 120_000)]
    public async Task Two_processes_at_one_instant_publish_once_and_the_readers_of_both_see_it()
    {
        await using var other = await PortalHost.StartAsync(beside: host, TakeTurnsWhenTold);
        using var reader = other.CreateClient();
        for (var i = 1; i <= 10; i++)
        {
            await ScheduleAsync(time.GetUtcNow(), slug: $"cours-{i}");
            foreach (var client in (HttpClient[])[visitor, reader]) Assert.Equal(HttpStatusCode.NotFound, (await client.AskAsync($"/cours/cours-{i}")).Status);
            var rows = await RowsAsync();

            using var together = new Barrier(2);
            await WhileTimePassesAsync(Task.WhenAll(new[] { host, other }.Select(portal => Task.Run(async () =>
            {
                together.SignalAndWait();
                await TurnAsync(portal);
            }))));

            Assert.Equal(rows + 1, await RowsAsync());
            foreach (var client in (HttpClient[])[visitor, reader]) Assert.Equal(HttpStatusCode.OK, (await client.AskAsync($"/cours/cours-{i}")).Status);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_crash_before_the_commit_leaves_it_to_the_next()
    {
        await ScheduleAsync(time.GetUtcNow());
        var rows = await RowsAsync();

        ambush.BeforeCommit = () => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => TurnAsync(host));
        Assert.Equal((false, time.GetUtcNow()), await StateAsync());
        Assert.Equal((rows, HttpStatusCode.NotFound), (await RowsAsync(), (await visitor.AskAsync(Page)).Status));

        await using var other = await PortalHost.StartAsync(beside: host, TakeTurnsWhenTold);
        await WhileTimePassesAsync(TurnAsync(other));
        Assert.Equal((true, null), await StateAsync());
        Assert.Equal((rows + 1, HttpStatusCode.OK), (await RowsAsync(), (await visitor.AskAsync(Page)).Status));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(null)]
    [InlineData(60)]
    public async Task A_teacher_who_changes_their_mind_at_that_moment_is_obeyed(int? minutes)
    {
        var later = minutes is { } delay ? time.GetUtcNow().AddMinutes(delay) : default(DateTimeOffset?);
        await ScheduleAsync(time.GetUtcNow());
        // The worker has found the course due, and has locked nothing yet.
        ambush.BeforeTransaction = () => ChangeAsync(course =>
        {
            if (later is { } at) course.SchedulePublication(at);
            else course.Unschedule();
        });

        await TurnAsync(host);

        Assert.Equal((false, later), await StateAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync(Page)).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_teacher_who_edits_at_that_moment_loses_nothing_and_undoes_nothing()
    {
        await ScheduleAsync(time.GetUtcNow());
        await ChangeAsync(async course =>
        {
            await TurnAsync(host);
            course.Describe("Titre neuf", "", Level.Terminale, 1);
        });

        Assert.Equal((true, null), await StateAsync());
        Assert.Contains("Titre neuf", (await visitor.AskAsync(Page)).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_database_that_fails_is_told_once_and_the_serving_process_publishes_when_it_is_back()
    {
        using var log = new LogLines();
        await using var serving = await PortalHost.StartAsync(adjust: builder =>
        {
            StandStill(builder);
            builder.Logging.AddProvider(log);
        });
        using var reader = serving.CreateClient();
        await ScheduleAsync(time.GetUtcNow().AddSeconds(5), portal: serving);
        ambush.Broken = true;
        while (ambush.Refused < 3) await FiveSecondsAsync();
        Assert.Single(log.All, line => line.StartsWith("Scheduled courses could not be published", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await reader.AskAsync(Page)).Status);

        ambush.Broken = false;
        while (!log.All.Contains("Published sql, as scheduled")) await FiveSecondsAsync();
        Assert.Equal(HttpStatusCode.OK, (await reader.AskAsync(Page)).Status);

        async Task FiveSecondsAsync()
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }
    }

    static Task TurnAsync(PortalHost portal) => portal.Services.GetRequiredService<ScheduledPublication>().PublishDueAsync(CancellationToken.None);

    /// <summary>Who waits until other processes have heard waits for the clock.</summary>
    async Task WhileTimePassesAsync(Task act)
    {
        while (!act.IsCompleted)
        {
            if (time.WaitingFor(Hearing) > 0) time.Advance(Hearing);
            await Task.Yield();
        }

        await act;
    }

    Task ScheduleAsync(DateTimeOffset at, string slug = "sql", PortalHost? portal = null) => WhileTimePassesAsync((portal ?? host).WithDbAsync(db =>
    {
        var course = new CourseBuilder(slug).Draft().Build();
        course.SchedulePublication(at);
        db.Add(course);
        return db.SaveChangesAsync();
    }));

    Task ChangeAsync(Action<Course> change) => ChangeAsync(course =>
    {
        change(course);
        return Task.CompletedTask;
    });

    Task ChangeAsync(Func<Course, Task> change) => host.WithDbAsync(async db =>
    {
        await change(await db.Courses.SingleAsync(c => c.Slug == "sql"));
        await db.SaveChangesAsync();
    });

    Task<(bool, DateTimeOffset?)> StateAsync() => host.WithDbAsync(async db =>
    {
        var course = await db.Courses.SingleAsync(c => c.Slug == "sql");
        return (course.Published, course.PublishAt);
    });

    Task<int> RowsAsync() => host.WithDbAsync(db => db.Set<CacheInvalidation>().CountAsync());

    /// <summary>What happens to the worker at its weakest moments, once each; and a database that does not answer it.</summary>
    sealed class Ambush : DbTransactionInterceptor, IDbCommandInterceptor
    {
        int refused;

        public Func<Task>? BeforeTransaction { get; set; }

        public Action? BeforeCommit { get; set; }

        public volatile bool Broken;

        public int Refused => Volatile.Read(ref refused);

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            var act = BeforeTransaction;
            BeforeTransaction = null;
            if (act is not null) await act();
            return result;
        }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            var act = BeforeCommit;
            BeforeCommit = null;
            act?.Invoke();
            return ValueTask.FromResult(result);
        }

        public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (!Broken || !command.CommandText.Contains("\"PublishAt\" <= ", StringComparison.Ordinal)) return ValueTask.FromResult(result);
            Interlocked.Increment(ref refused);
            throw new TimeoutException("The database does not answer.");
        }
    }

    sealed class LogLines : ILoggerProvider, ILogger
    {
        readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> All => lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
