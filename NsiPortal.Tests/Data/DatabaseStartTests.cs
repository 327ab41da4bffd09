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
        var endings = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PortalProcess.RunAsync(["seed"], data.Variables)));

        Assert.All(endings, ending => Assert.Equal((0, ""), (ending.Code, ending.Errors)));
        // Somewhere in the output: the log is written behind the command's back.
        Assert.Single(endings, ending => ending.Output.Contains("1 cours chargé(s).\n", StringComparison.Ordinal));
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

        await preparation.RunAsync(withDemo: false, serving: true, CancellationToken.None);
        Assert.False((await visitor.AskAsync("/cours/sql/jointures")).Hit);
        var rows = await host.WithDbAsync(db => db.ProgrammeContents.AsNoTracking().OrderBy(c => c.Code).ToListAsync());
        Assert.Equal(
            Programme.Contents.OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => (c.Code, c.Level, c.Theme, c.Title, c.Position)),
            rows.Select(c => (c.Code, c.Level, c.Theme, c.Title, c.Position)));

        await preparation.RunAsync(withDemo: false, serving: true, CancellationToken.None);
        Assert.True((await visitor.AskAsync("/cours/sql/jointures")).Hit);
    }
}
