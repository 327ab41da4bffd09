using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Commands;
using NsiPortal.Content;
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
        var endings = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PortalProcess.RunAsync(["seed"], data.Variables)));

        Assert.All(endings, ending => Assert.Equal((0, ""), (ending.Code, ending.Errors)));
        // Somewhere in the output: the log is written behind the command's back.
        Assert.Single(endings, ending => ending.Output.Contains($"{DemoCourse.Names.Count} cours chargé(s).\n", StringComparison.Ordinal));
        await data.AssertSeededOnceAsync();
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

        await host.Services.GetRequiredService<Preparation>().RunAsync(withDemo: false, serving: true, CancellationToken.None);

        var answer = await visitor.AskAsync("/cours/sql/jointures");
        Assert.Contains("<em>neuf</em>", answer.Text, StringComparison.Ordinal);
        Assert.Contains("tel quel", (await visitor.AskAsync("/cours/sql/recent")).Text, StringComparison.Ordinal);
        Assert.Equal([MarkdownRenderer.Version], await host.WithDbAsync(db => db.Chapters.Select(c => c.RendererVersion).Distinct().ToListAsync()));
    }

    [Fact(Timeout = 120_000)]
    public async Task What_is_written_while_chapters_are_rendered_again_stays()
    {
        var meeting = new BesideTheSave();
        await using var host = await PortalHost.StartAsync(adjust: builder => builder.Services.AddSingleton<IInterceptor>(meeting));
        await host.WithDbAsync(db =>
        {
            var course = new CourseBuilder("sql").WithChapter("jointures").Build();
            course.Chapters[0].Write("*ancien*", new RenderedText("<p>ancien</p>", [], 1, MarkdownRenderer.Version - 1));
            db.Add(course);
            return db.SaveChangesAsync();
        });
        Task? writing = null;
        // A writer who loaded the chapter before it is rendered again, or comes while it is, writes after it: never is its text left with the old one's HTML.
        meeting.Act = () =>
        {
            writing = Task.Run(() => host.WithDbAsync(async db =>
            {
                (await db.Chapters.SingleAsync()).Write("*neuf*", new MarkdownRenderer().Render("*neuf*"));
                await db.SaveChangesAsync();
            }));
            // Either it can write now, or it waits for us.
            return Task.WhenAny(writing, Task.Delay(TimeSpan.FromSeconds(1)));
        };

        await host.Services.GetRequiredService<Preparation>().RunAsync(withDemo: false, serving: true, CancellationToken.None);
        await writing!;

        var chapter = await host.WithDbAsync(db => db.Chapters.SingleAsync());
        Assert.Equal("*neuf*", chapter.Markdown);
        Assert.Contains("neuf", chapter.Html, StringComparison.Ordinal);
    }

    /// <summary>Does something once, when chapters that were rendered again are about to be saved.</summary>
    sealed class BesideTheSave : SaveChangesInterceptor
    {
        public Func<Task>? Act { get; set; }

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Act is { } act && eventData.Context!.ChangeTracker.Entries<Chapter>().Any(entry => entry.State == EntityState.Modified))
            {
                Act = null;
                await act();
            }

            return result;
        }
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

        await preparation.RunAsync(withDemo: false, serving: !TempFolder.IsPostgres, CancellationToken.None);
        Assert.False((await visitor.AskAsync("/cours/sql/jointures")).Hit);
        var rows = await host.WithDbAsync(db => db.ProgrammeContents.AsNoTracking().OrderBy(c => c.Code).ToListAsync());
        Assert.Equal(
            Programme.Contents.OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => (c.Code, c.Level, c.Theme, c.Title, c.Position)),
            rows.Select(c => (c.Code, c.Level, c.Theme, c.Title, c.Position)));

        await preparation.RunAsync(withDemo: false, serving: true, CancellationToken.None);
        Assert.True((await visitor.AskAsync("/cours/sql/jointures")).Hit);
    }
}
