using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Support;

namespace NsiPortal.Exchange;

/// <summary>Whoever writes a course while it is imported comes before the import or after it, never into its midst.</summary>
public sealed class ImportsAtOnceTests : IAsyncLifetime
{
    readonly TempFolder temp = new();
    readonly Second second = new();
    PortalHost host = null!;

    public async ValueTask InitializeAsync() => host = await PortalHost.StartAsync(adjust: builder =>
    {
        builder.Services.AddSingleton<IInterceptor>(second);
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(ScheduledPublication)));
        builder.Services.AddSingleton<ScheduledPublication>();
    });

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await temp.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Of_two_imports_of_a_course_the_last_stays_whole()
    {
        Write("avant", "T0", "S0", "Texte 0.");
        Write("a", "TA", "S0", "Texte A.");
        Write("b", "T0", "SB", "Texte 0.");
        await ImportAsync("avant");

        var reports = await TogetherAsync(() => ImportAsync("a"), () => ImportAsync("b"));

        Assert.Equal(("T0", "SB", "Texte 0.\n"), await CourseAsync());
        Assert.All(reports, report => Assert.Equal((ImportOutcome.Changed, ImportOutcome.Changed), (report.Course, report.Chapters[0].Outcome)));
        Assert.Equal(ImportOutcome.Unchanged, (await ImportAsync("b")).Course);
    }

    [Fact(Timeout = 60_000)]
    public async Task Of_two_imports_of_one_folder_the_last_changes_nothing_and_says_so()
    {
        Write("avant", "T0", "S0", "Texte 0.");
        Write("a", "TA", "SA", "Texte A.");
        await ImportAsync("avant");
        var rows = await RowsAsync();

        var reports = await TogetherAsync(() => ImportAsync("a"), () => ImportAsync("a"));

        Assert.Equal([ImportOutcome.Changed, ImportOutcome.Unchanged], reports.Select(report => report.Course));
        Assert.Equal([ImportOutcome.Changed, ImportOutcome.Unchanged], reports.Select(report => report.Chapters[0].Outcome));
        Assert.Equal(rows + 1, await RowsAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Of_two_imports_that_create_a_course_one_waits_or_is_refused_and_the_course_is_whole()
    {
        Write("a", "TA", "SA", "Texte A.");
        Write("b", "TB", "SB", "Texte B.");

        var created = await TogetherAsync(() => TryAsync("a"), () => TryAsync("b"));

        Assert.Single(created, outcome => outcome == ImportOutcome.Created);
        // PostgreSQL has no row yet to wait for, but an address that only one can take.
        Assert.Single(created, outcome => outcome == ImportOutcome.Changed || (TempFolder.IsPostgres && outcome is null));
        Assert.True(await CourseAsync() is ("TA", "SA", "Texte A.\n") or ("TB", "SB", "Texte B.\n"));

        async Task<ImportOutcome?> TryAsync(string name)
        {
            try
            {
                return (await ImportAsync(name)).Course;
            }
            catch (DbUpdateException)
            {
                return null;
            }
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_publication_that_an_import_puts_off_at_its_very_moment_does_not_happen(bool importFirst)
    {
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await host.WithDbAsync(db =>
        {
            var course = new CourseBuilder("essai").Draft().Build();
            course.SchedulePublication(now.AddMinutes(-1));
            db.Add(course);
            return db.SaveChangesAsync();
        });
        Write("a", "TA", "SA", "Texte A.", $"publieLe: {now.Year + 1}-12-01 08:00\n");
        async Task<bool> Import() => (await ImportAsync("a")).Course == ImportOutcome.Changed;
        async Task<bool> Publish()
        {
            await host.Services.GetRequiredService<ScheduledPublication>().PublishDueAsync(CancellationToken.None);
            return true;
        }

        Assert.DoesNotContain(false, importFirst ? await TogetherAsync(Import, Publish) : await TogetherAsync(Publish, Import));

        var course = await host.WithDbAsync(db => db.Courses.SingleAsync());
        Assert.Equal((false, new DateTimeOffset(now.Year + 1, 12, 1, 7, 0, 0, TimeSpan.Zero)), (course.Published, course.PublishAt));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_import_is_heard_once_however_many_saves_it_takes()
    {
        Write("a", "TA", "SA", "Texte A.");
        File.WriteAllText(temp["a/02-deux.md"], "---\ntitre: Deux\npublie: true\n---\n");
        await ImportAsync("a");
        // The first save lets the chapters step aside, the second exchanges them, the third notes where a new one comes from, and one writes what search knows of them.
        File.WriteAllText(temp["a/01-un.md"], "---\ntitre: Un\npublie: true\nancienneAdresse: deux\n---\n");
        File.WriteAllText(temp["a/02-deux.md"], "---\ntitre: Deux\npublie: true\nancienneAdresse: un\n---\n");
        File.WriteAllText(temp["a/03-trois.md"], "---\ntitre: Trois\npublie: true\nancienneAdresse: tres-vieux\n---\n");
        second.Saves = second.Commits = 0;
        await ImportAsync("a");
        Assert.Equal((4, 1), (second.Saves, second.Commits));
    }

    /// <summary>Does the one, and the other as soon as the one has read what it needs and before it writes.</summary>
    async Task<T[]> TogetherAsync<T>(Func<Task<T>> one, Func<Task<T>> other)
    {
        Task<T>? last = null;
        second.Act = () => last = Task.Run(other);
        var first = await one();
        return [first, await last!];
    }

    async Task<ImportReport> ImportAsync(string name)
    {
        var reading = await CourseFolder.ReadAsync(temp[name], CancellationToken.None);
        return await host.WithDbAsync(db => host.Services.GetRequiredService<CourseImporter>().ImportAsync(db, reading, prune: false, rename: false, CancellationToken.None));
    }

    async Task<(string Title, string Summary, string Text)> CourseAsync()
    {
        var course = await host.WithDbAsync(db => db.Courses.Include(c => c.Chapters).SingleAsync());
        return (course.Title, course.Summary, Assert.Single(course.Chapters).Markdown);
    }

    Task<int> RowsAsync() => host.WithDbAsync(db => db.Set<CacheInvalidation>().CountAsync());

    void Write(string name, string title, string summary, string text, string publication = "publie: true\n")
    {
        Directory.CreateDirectory(temp[name]);
        File.WriteAllText(temp[$"{name}/cours.yml"], $"titre: {title}\nadresse: essai\nniveau: snt\nresume: {summary}\n{publication}");
        File.WriteAllText(temp[$"{name}/01-un.md"], $"---\ntitre: Un\npublie: true\n---\n\n{text}\n");
    }

    /// <summary>Starts the second writer when the first is about to save, and lets the first go on when the second has ended or waits for it.</summary>
    sealed class Second : SaveChangesInterceptor, IDbTransactionInterceptor, IDbCommandInterceptor
    {
        readonly TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool started;

        public Func<Task>? Act { get; set; }

        public int Saves { get; set; }

        public int Commits { get; set; }

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Saves++;
            if (Act is not { } act) return result;
            (Act, started) = (null, true);
            await Task.WhenAny(act(), waits.Task);
            return result;
        }

        // SQLite lets one transaction write at a time; PostgreSQL lets the second wait for the rows.
        public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            if (started && !TempFolder.IsPostgres) waits.TrySetResult();
            return ValueTask.FromResult(result);
        }

        public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (started && eventData.CommandSource == CommandSource.ExecuteUpdate) waits.TrySetResult();
            return ValueTask.FromResult(result);
        }

        public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Commits++;
            return Task.CompletedTask;
        }
    }
}
