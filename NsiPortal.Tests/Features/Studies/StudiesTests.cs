using System.Net;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Studies;
using NsiPortal.Support;

namespace NsiPortal.Features.Studies;

public sealed class StudiesTests(Cast cast) : IClassFixture<Cast>
{
    [Theory]
    [InlineData("/etudes", "Université de Lille", "Licence")]
    [InlineData("/etudes?q=licence%20lille", "Université de Lille", "1 université")]
    [InlineData("/etudes?q=universit%C3%A9", "Université de Lille", "1 université")]
    [InlineData("/etudes?ville=lille&niveau=licence", "Université de Lille", "1 université")]
    [InlineData("/etudes?q=brest", "Aucune université ne correspond", "Voir toutes les universités")]
    [InlineData("/etudes?niveau=master", "Aucune université ne correspond", "Voir toutes les universités")]
    [InlineData("/etudes/matieres", "Bases de données", "Cours sql")]
    [InlineData("/etudes/matieres?q=donnees&niveau=licence&cours=sql", "Bases de données", "1 matière")]
    [InlineData("/etudes/matieres?q=latin", "Aucune matière ne correspond", "Voir toutes les matières")]
    [InlineData(Cast.University, "Faculté des sciences", "Licence Informatique")]
    [InlineData(Cast.Programme, "Semestre 3", "Pour s’y préparer en NSI")]
    [InlineData("/cours/sql", "Où cela mène", "Bases de données")]
    [InlineData("/sitemap.xml", Cast.University, Cast.Programme)]
    public async Task Whoever_looks_for_studies_finds_them(string path, string text, string other)
    {
        using var visitor = cast.Visitor();
        var page = await visitor.AskAsync(path);
        Assert.Equal((HttpStatusCode.OK, true), (page.Status, page.Stored || page.Hit));
        Assert.Contains(text, WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        Assert.Contains(other, WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        var again = await visitor.AskAsync(path);
        Assert.Equal((true, 0), (again.Hit, again.SqlCount));
    }

    [Theory]
    [InlineData("/etudes/nulle-part")]
    [InlineData("/etudes/universite-de-lille/nulle-part")]
    [InlineData("/etudes?ville=atlantis")]
    [InlineData("/etudes?page=2")]
    [InlineData("/etudes?page=01")]
    [InlineData("/etudes?q=un&q=deux")]
    [InlineData("/etudes/matieres?cours=latin")]
    public async Task What_is_nowhere_is_not_found_and_not_kept(string path)
    {
        using var visitor = cast.Visitor();
        var answer = await visitor.AskAsync(path);
        Assert.Equal((HttpStatusCode.NotFound, false), (answer.Status, answer.Stored));
        Assert.False((await visitor.AskAsync(path)).Hit);
    }

    // A form sends the fields that were left empty. The other spellings have the copy of the one that is kept, once there is one: so these are nobody else's.
    [Theory]
    [InlineData("/etudes?q=&ville=lille&niveau=", "/etudes?ville=lille")]
    [InlineData("/etudes?q=++Bases++de+donn%C3%A9es+&niveau=but", "/etudes?q=bases%20de%20donn%C3%A9es&niveau=but")]
    [InlineData("/etudes?niveau=Licence", "/etudes?niveau=licence")]
    [InlineData("/etudes/matieres?q=a&niveau=&cours=", "/etudes/matieres?q=a")]
    public async Task A_list_has_one_address(string typed, string address)
    {
        using var visitor = cast.Visitor();
        var answer = await visitor.AskAsync(typed);
        Assert.Equal((HttpStatusCode.Redirect, address, false), (answer.Status, answer.Header("Location"), answer.Stored));
    }

    [Fact]
    public async Task Words_in_capitals_have_the_copy_of_the_page_that_is_kept()
    {
        using var visitor = cast.Visitor();
        var kept = await visitor.AskAsync("/etudes?q=lille");
        var same = await visitor.AskAsync("/etudes?q=%20LILLE");
        Assert.Equal((true, 0, kept.Text), (same.Hit, same.SqlCount, same.Text));
    }

    [Fact]
    public async Task Long_lists_come_page_by_page()
    {
        await using var host = await PortalHost.StartAsync();
        await host.WithDbAsync(async db =>
        {
            foreach (var number in Enumerable.Range(10, 30)) db.Add(new University(new UniversityFacts($"U{number}", $"Université {number}", "Paris", ""), $"u{number}"));
            await db.SaveChangesAsync();
        });
        using var client = host.CreateClient();
        var (first, second) = ((await client.AskAsync("/etudes")).Text, (await client.AskAsync("/etudes?page=2")).Text);
        Assert.Contains("href=\"/etudes/u10\"", first, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/etudes/u34\"", first, StringComparison.Ordinal);
        Assert.Contains("href=\"/etudes/u34\"", second, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.AskAsync("/etudes?page=3")).Status);
    }

    [Fact]
    public async Task Nothing_that_is_written_in_the_catalogue_is_read_as_HTML()
    {
        const string attack = "<script>alert(1)</script>\" onload=\"x";
        await using var host = await PortalHost.StartAsync();
        await host.WithDbAsync(async db =>
        {
            var course = new CourseBuilder("sql").Build();
            db.Add(course);
            await db.SaveChangesAsync();
            var university = new University(new UniversityFacts("U", attack, attack, "https://exemple.fr/\"><script>"), "u");
            university.Add(new FacultyFacts("F", attack)).Add(new ProgrammeFacts("P", attack, StudyLevel.Other, attack, "", Illustrative: false)).Add(new SubjectFacts("S", attack, 1, 1, attack)).LeadFrom([course]);
            db.Add(university);
            await db.SaveChangesAsync();
        });
        using var client = host.CreateClient();
        var programme = await host.WithDbAsync(db => db.StudyProgrammes.Select(p => p.Slug).SingleAsync());
        foreach (var path in new[] { "/etudes", "/etudes/u", $"/etudes/u/{programme}", "/etudes/matieres", "/cours/sql", $"/etudes?q={Uri.EscapeDataString(attack)}" })
        {
            var page = await client.AskAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, page.Status));
            Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("\" onload", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"><script>", page.Text, StringComparison.Ordinal);
        }
    }
}
