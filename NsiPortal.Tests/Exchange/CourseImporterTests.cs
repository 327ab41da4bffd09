using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Commands.Seeding;
using NsiPortal.Rendering;
using NsiPortal.Support;

namespace NsiPortal.Exchange;

public sealed class CourseImporterTests
{
    [Fact]
    public async Task The_demo_course_is_loaded_whole()
    {
        await using var host = await PortalHost.StartAsync();

        var (courses, problems) = await host.WithDbAsync(db => host.Services.GetRequiredService<DemoContent>().LoadAsync(db, CancellationToken.None));

        Assert.Empty(problems);
        Assert.Equal(1, courses);
        var course = await host.WithDbAsync(db => db.Courses.Include(c => c.Files).Include(c => c.Chapters).ThenInclude(c => c.Contents).SingleAsync());
        Assert.True(course.Published);
        Assert.Equal(
            ["du-tableau-au-modele-relationnel", "cles-etrangeres-et-contraintes", "interroger-une-table", "jointures", "mettre-a-jour", "sgbd"],
            course.Chapters.OrderBy(c => c.Position).Select(c => c.Slug));
        Assert.All(course.Chapters, chapter =>
        {
            Assert.True(chapter.Published);
            Assert.NotEmpty(chapter.Contents);
            Assert.NotEmpty(chapter.TableOfContents);
            Assert.Equal(MarkdownRenderer.Version, chapter.RendererVersion);
        });
        Assert.Equal(17, course.Files.Count);
        Assert.Contains(course.Files, file => file.Name == "bibliotheque.sql");
    }

    [Fact]
    public async Task Loading_again_changes_nothing()
    {
        await using var host = await PortalHost.StartAsync(withDemo: true);
        var (courses, problems) = await host.WithDbAsync(db => host.Services.GetRequiredService<DemoContent>().LoadAsync(db, CancellationToken.None));
        Assert.Equal((0, 0), (courses, problems.Count));
        Assert.Equal(1, await host.WithDbAsync(db => db.Courses.CountAsync()));
    }

    [Fact]
    public async Task A_broken_chapter_is_left_out_and_the_others_are_loaded()
    {
        await using var host = await PortalHost.StartAsync();
        await using var temp = new TempFolder();
        await File.WriteAllTextAsync(temp["cours.yml"], "titre: Essai\nadresse: essai\nniveau: snt\npublie: true\n");
        await File.WriteAllTextAsync(temp["01-bon.md"], "---\ntitre: Bon\npublie: true\n---\nDu *texte*.\n");
        await File.WriteAllTextAsync(temp["02-mauvais.md"], "Rien.\n");
        var reading = await CourseFolder.ReadAsync(temp.Path, CancellationToken.None);

        await host.WithDbAsync(db => host.Services.GetRequiredService<CourseImporter>().ImportAsync(db, reading, prune: false, CancellationToken.None));

        using var visitor = host.CreateClient();
        Assert.Contains("<em>texte</em>", (await visitor.AskAsync("/cours/essai/bon")).Text, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await visitor.AskAsync("/cours/essai/mauvais")).Status);
    }
}
