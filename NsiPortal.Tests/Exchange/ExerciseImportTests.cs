using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Outbox;
using NsiPortal.Commands;
using NsiPortal.Domain.Exercises;
using NsiPortal.Learning;
using NsiPortal.Rendering;
using NsiPortal.Support;

namespace NsiPortal.Exchange;

/// <summary>What a sheet of exercises becomes in the database, and what it leaves alone.</summary>
public sealed class ExerciseImportTests : IAsyncLifetime
{
    PortalHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PortalHost.StartAsync();
        await host.WriteChapterAsync(Classroom.Sheet);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    Task<List<Exercise>> ExercisesAsync() => host.WithDbAsync(db => db.Exercises.AsNoTracking().OrderBy(e => e.Id).ToListAsync());

    async Task<List<(int Id, string Key, int Number, int Version)>> RowsAsync() => (await ExercisesAsync()).ConvertAll(e => (e.Id, e.Key, e.Number, e.Version));

    [Fact]
    public async Task A_sheet_is_read_in_its_order()
    {
        var exercises = await ExercisesAsync();
        Assert.Equal([("mot", 1, 1), ("trous", 2, 1), ("compte", 3, 1), ("libre", 4, 1)], exercises.Select(e => (e.Key, e.Number, e.Version)));
        Assert.Equal(
            [(2, true, null, ExerciseKind.ShortAnswer), (4, true, null, ExerciseKind.Gaps), (1, false, 2, ExerciseKind.ShortAnswer), (4, false, (int?)null, ExerciseKind.FreeAnswer)],
            exercises.Select(e => (e.Points, e.Required, e.MaximumTries, e.Kind)));
        Assert.Equal(Classroom.Sheet, string.Concat(exercises.Select(e => e.Source)));
        Assert.Equal("<p>Combien ?</p>", exercises[0].Content.Statement.Html.Trim());
    }

    [Fact]
    public async Task A_sheet_that_has_not_changed_evicts_nothing_and_makes_no_version()
    {
        using var visitor = host.CreateClient();
        await visitor.AskAsync($"{Classroom.Chapter}/exercices/1");
        var (rows, evicted) = (await RowsAsync(), await host.WithDbAsync(db => db.Set<CacheInvalidation>().CountAsync()));

        var report = await host.WriteChapterAsync(Classroom.Sheet);

        Assert.Empty(report.Revised);
        Assert.Equal(ImportOutcome.Unchanged, Assert.Single(report.Chapters).Outcome);
        Assert.Equal(rows, await RowsAsync());
        Assert.Equal(evicted, await host.WithDbAsync(db => db.Set<CacheInvalidation>().CountAsync()));
        Assert.True((await visitor.AskAsync($"{Classroom.Chapter}/exercices/1")).Hit);
    }

    [Fact]
    public async Task A_change_is_a_new_version_of_that_exercise_seen_at_once()
    {
        using var visitor = host.CreateClient();
        await visitor.AskAsync($"{Classroom.Chapter}/exercices/1");
        var report = await host.WriteChapterAsync(Classroom.Sheet.Replace("Combien ?", "Combien exactement ?", StringComparison.Ordinal));

        Assert.Equal(ImportOutcome.Changed, Assert.Single(report.Chapters).Outcome);
        Assert.Equal([2, 1, 1, 1], (await RowsAsync()).Select(row => row.Version));
        Assert.Equal([(await RowsAsync())[0].Id], report.Revised);
        Assert.Contains("Combien exactement ?", (await visitor.AskAsync($"{Classroom.Chapter}/exercices/1")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exercise_that_is_removed_is_asked_no_more_the_others_move_up_and_what_was_answered_stays()
    {
        var (before, ada) = (await RowsAsync(), await host.EnrolAsync("Ada"));
        await host.SubmitAsync(ada, "mot", Classroom.Text("deux"));

        await host.WriteChapterAsync(Classroom.Limited + Classroom.Holes);

        var after = await RowsAsync();
        Assert.Equal([("mot", 0, 1), ("trous", 2, 1), ("compte", 1, 1), ("libre", 0, 1)], after.Select(row => (row.Key, row.Number, row.Version)));
        Assert.Equal(before.Select(row => row.Id), after.Select(row => row.Id));
        Assert.Equal((1, 20), (await host.WithDbAsync(db => db.Attempts.CountAsync()), await host.XpAsync(ada)));
        using var visitor = host.CreateClient();
        Assert.Contains("Encore ?", (await visitor.AskAsync($"{Classroom.Chapter}/exercices/1")).Text, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await visitor.AskAsync($"{Classroom.Chapter}/exercices/0")).Status);

        // It is the same when it comes back.
        await host.WriteChapterAsync(Classroom.Sheet);
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task A_folder_returns_the_same_bytes_and_the_same_ids()
    {
        var before = await RowsAsync();
        var export = (await ExportAsync(host))!;
        Assert.Equal(Classroom.Sheet, System.Text.Encoding.UTF8.GetString(export.Files.Single(file => file.Path == "01-un.exercices.yml").Content));

        await using var folder = new TempFolder();
        await ExportFolder.WriteAsync(export, folder["essai"], prune: false, CancellationToken.None);
        var reading = await CourseFolder.ReadAsync(folder["essai"], CancellationToken.None);
        await using var elsewhere = await PortalHost.StartAsync();
        foreach (var portal in new[] { host, elsewhere })
        {
            await portal.WithDbAsync(db => portal.Services.GetRequiredService<CourseImporter>().ImportAsync(db, reading, prune: true, rename: false, CancellationToken.None));
            Assert.Equal(export.Files.Select(file => (file.Path, Convert.ToHexString(file.Content))), (await ExportAsync(portal))!.Files.Select(file => (file.Path, Convert.ToHexString(file.Content))));
        }

        Assert.Equal(before, await RowsAsync());

        static Task<CourseExport?> ExportAsync(PortalHost portal) => portal.WithDbAsync(db => CourseExporter.ExportAsync(db, "essai", CancellationToken.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_older_renderer_made_is_made_again_and_nothing_else_is_touched(bool byImport)
    {
        var before = await RowsAsync();
        await host.Data.ExecuteAsync("""
            UPDATE "Chapters" SET "RendererVersion" = 0;
            UPDATE "Exercises" SET "Content" = replace("Content", 'Combien ?', 'Vieux.') WHERE "Key" = 'mot';
            """);
        Assert.Contains("Vieux.", (await ExercisesAsync())[0].Content.Statement.Html, StringComparison.Ordinal);

        if (byImport) Assert.Empty((await host.WriteChapterAsync(Classroom.Sheet)).Revised);
        else await host.Services.GetRequiredService<Preparation>().RunAsync(withDemo: false, serving: true, CancellationToken.None);

        Assert.Equal("<p>Combien ?</p>", (await ExercisesAsync())[0].Content.Statement.Html.Trim());
        Assert.Equal(before, await RowsAsync());
        Assert.Equal(MarkdownRenderer.Version, await host.WithDbAsync(db => db.Chapters.Select(c => c.RendererVersion).SingleAsync()));
    }
}
