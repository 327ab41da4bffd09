using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Domain.Courses;
using NsiPortal.Support;

namespace NsiPortal.Exchange;

/// <summary>An export reads one moment of the course, and neither waits for who writes nor makes them wait.</summary>
public sealed class CourseExporterTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_writer_who_has_not_finished_is_not_waited_for()
    {
        await using var host = await PortalHost.StartAsync();
        await AddAsync(host);
        await using var other = await host.Data.ConnectAsync();
        await other.ExecuteAsync(TempFolder.IsPostgres ? "BEGIN" : "BEGIN IMMEDIATE");
        await other.ExecuteAsync("""UPDATE "Courses" SET "Title" = 'Jamais validé' """);

        Assert.Contains("titre: \"Cours sql\"", await ExportAsync(host), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_written_during_the_export_is_not_in_it()
    {
        var change = new BetweenQueries();
        await using var host = await PortalHost.StartAsync(adjust: builder => builder.Services.AddSingleton<IInterceptor>(change));
        await AddAsync(host);
        var before = await ExportAsync(host);
        var changed = false;
        change.Act = () => host.WithDbAsync(async db =>
        {
            var course = await db.Courses.Include(c => c.Chapters).SingleAsync();
            course.Chapters[0].Write("Un texte neuf.", Text.Of("Un texte neuf."));
            course.Attach("a.svg", "image/svg+xml", "<svg></svg>"u8.ToArray());
            course.AddChapter("neuf", "Neuf");
            await db.SaveChangesAsync();
            changed = true;
        });

        Assert.Equal(before, await ExportAsync(host));

        Assert.True(changed);
        Assert.NotEqual(before, await ExportAsync(host));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("no")]
    [InlineData("0x1f")]
    [InlineData("1e3")]
    [InlineData("2026-12-01")]
    public async Task An_address_that_looks_like_another_value_comes_back_as_it_was(string slug)
    {
        await using var host = await PortalHost.StartAsync();
        await AddAsync(host, slug);
        await using var temp = new TempFolder();
        var export = await host.WithDbAsync(db => CourseExporter.ExportAsync(db, slug, CancellationToken.None));
        Assert.Contains($"adresse: \"{slug}\"\n", Encoding.UTF8.GetString(export!.Files[0].Content), StringComparison.Ordinal);
        await ExportFolder.WriteAsync(export, temp["dossier"], prune: false, CancellationToken.None);
        Assert.Equal(slug, (await CourseFolder.ReadAsync(temp["dossier"], CancellationToken.None)).Course?.Slug);
    }

    static Task<int> AddAsync(PortalHost host, string slug = "sql") => host.WithDbAsync(db =>
    {
        db.Add(new CourseBuilder(slug).WithChapter("jointures").Build());
        return db.SaveChangesAsync();
    });

    /// <summary>All of the export as one text.</summary>
    static async Task<string> ExportAsync(PortalHost host)
    {
        var export = await host.WithDbAsync(db => CourseExporter.ExportAsync(db, "sql", CancellationToken.None));
        return string.Concat(export!.Files.Select(file => $"{file.Path}\n{Encoding.UTF8.GetString(file.Content)}\n"));
    }

    /// <summary>Does something before the second query.</summary>
    sealed class BetweenQueries : DbCommandInterceptor
    {
        int queries;

        public Func<Task>? Act { get; set; }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (Act is not { } act || ++queries < 2) return result;
            Act = null;
            await act();
            return result;
        }
    }
}
