using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Support;

namespace NsiPortal.Features.Curriculum;

/// <summary>The pages of the official programme. Mme Hopper's chapter on joins covers SQL and nothing else.</summary>
public sealed class CurriculumTests : IAsyncLifetime
{
    const string Map = "/programme";
    const string Sql = "/programme/t-bdd-4";
    const string Model = "/programme/t-bdd-1";

    readonly Cast cast = new();
    Person visitor = null!;

    public async ValueTask InitializeAsync()
    {
        await cast.InitializeAsync();
        await CoverAsync("T-BDD-4");
        visitor = cast.Visitor();
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await cast.DisposeAsync();
    }

    [Fact]
    public async Task The_map_shows_both_years_and_which_contents_are_covered()
    {
        var page = await visitor.AskAsync(Map);
        var map = new HtmlParser().ParseDocument(page.Text);

        Assert.Equal((HttpStatusCode.OK, true), (page.Status, page.Stored));
        Assert.Equal(Programme.Contents.Select(content => content.Code), map.QuerySelectorAll(".map .reference").Select(code => code.TextContent));
        Assert.Equal([Cast.Chapter], map.QuerySelectorAll(".covering-list a").Select(link => link.GetAttribute("href")));
        Assert.Equal(Programme.Contents.Count - 1, map.QuerySelectorAll(".map .state").Count(state => state.TextContent == "pas encore traité"));
        Assert.Equal(["0 sur 31", "1 sur 24"], map.QuerySelectorAll(".curriculum-head p").Select(text => text.TextContent.Split(":\u0020")[1]));
        var again = await visitor.AskAsync(Map);
        Assert.Equal((true, 0), (again.Hit, again.SqlCount));
    }

    [Theory]
    [InlineData("premiere", 31, "Programme de NSI\u00a0: Première")]
    [InlineData("terminale", 24, "Programme de NSI\u00a0: Terminale")]
    public async Task A_year_has_a_map_of_its_own(string level, int count, string title)
    {
        var map = new HtmlParser().ParseDocument((await visitor.AskAsync($"{Map}?niveau={level}")).Text);
        Assert.Equal((title, count), (map.QuerySelector("h1")!.TextContent, map.QuerySelectorAll(".map > li").Length));
    }

    [Fact]
    public async Task A_content_says_what_is_asked_who_covers_it_and_how_many_exercises_there_are()
    {
        var page = new HtmlParser().ParseDocument((await visitor.AskAsync(Sql)).Text);

        Assert.Equal("Langage SQL\u00a0: requêtes d’interrogation et de mise à jour d’une base de données", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(ProgrammeExpectations.Of("T-BDD-4"), page.QuerySelectorAll(".expectations li").Select(line => line.TextContent.Trim()));
        Assert.Equal([Cast.Chapter, "/cours/sql"], page.QuerySelectorAll(".covering a").Select(link => link.GetAttribute("href")));
        Assert.Equal("1 exercice", page.QuerySelector(".covering .state")!.TextContent);
        Assert.Equal(["/programme/t-bdd-3", "/programme/t-arch-1"], page.QuerySelectorAll(".neighbours a").Select(link => link.GetAttribute("href")));
        Assert.NotNull(page.QuerySelector("a[href='/moi/statistiques']"));
        Assert.NotNull(page.QuerySelector("a[href='/programme#theme-t-bdd']"));
        Assert.EndsWith(Sql, page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("Aucun chapitre publié ne traite encore ce contenu", (await visitor.AskAsync(Model)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_content_has_a_page_and_one_leads_to_the_next()
    {
        // A process reads its map of addresses once.
        await visitor.AskAsync(Map);
        var (path, seen) = ("/programme/p-hist-1", new List<string>());
        while (path is not null)
        {
            var answer = await visitor.AskAsync(path);
            Assert.Equal((path, HttpStatusCode.OK, 1), (path, answer.Status, answer.SqlCount));
            var page = new HtmlParser().ParseDocument(answer.Text);
            Assert.Equal(seen.LastOrDefault(), page.QuerySelector("a[rel=prev]")?.GetAttribute("href"));
            seen.Add(path);
            path = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(Programme.Contents.Select(content => $"/programme/{content.Code.ToLowerInvariant()}"), seen);
    }

    [Theory]
    [InlineData("/programme/t-bdd-9")]
    [InlineData("/programme/bases-de-donnees")]
    [InlineData("/programme?niveau=snt")]
    [InlineData("/programme?niveau=seconde")]
    public async Task What_is_not_in_the_programme_is_not_found_and_not_kept(string path)
    {
        await visitor.AskAsync(Map);
        var answer = await visitor.AskAsync(path);
        Assert.Equal((HttpStatusCode.NotFound, false, 0), (answer.Status, answer.Stored, answer.SqlCount));
        Assert.False((await visitor.AskAsync(path)).Hit);
    }

    [Fact]
    public async Task A_code_in_capitals_leads_to_its_page()
    {
        var answer = await visitor.AskAsync("/programme/T-BDD-4");
        Assert.Equal(Sql, answer.Header("Location"));
        Assert.False(answer.Stored);
    }

    [Fact]
    public async Task What_becomes_of_a_chapter_or_its_course_is_seen_at_once()
    {
        await ShowsAsync(Map, "Joindre", db => ChapterAsync(db, c => c.Describe("Joindre des tables", "", 1)));
        await ShowsAsync(Sql, "Réunir", db => ChapterAsync(db, c => c.Describe("Réunir des tables", "", 1)));
        await HidesAsync(Map, Cast.Chapter, db => ChapterAsync(db, c => c.Unpublish()));
        await ShowsAsync(Sql, Cast.Chapter, db => ChapterAsync(db, c => c.Publish()));
        await ShowsAsync(Sql, "SQL pour tous", db => CourseAsync(db, c => c.Describe("SQL pour tous", "", c.Level, 1)));
        await HidesAsync(Sql, Cast.Chapter, db => CourseAsync(db, c => c.Unpublish()));
        await ShowsAsync(Map, Cast.Chapter, db => CourseAsync(db, c => c.Publish()));
        await ShowsAsync(Map, "/cours/sql/joindre", db => ChapterAsync(db, c => db.Add(c.MoveTo("joindre")!)));
        await ShowsAsync(Sql, "/cours/bases/joindre", db => CourseAsync(db, c => db.Add(c.MoveTo("bases")!)));
    }

    [Fact]
    public async Task What_a_chapter_covers_and_asks_is_seen_at_once()
    {
        await ShowsAsync(Model, Cast.Chapter, _ => CoverAsync("T-BDD-4", "T-BDD-1"));
        await HidesAsync(Model, Cast.Chapter, _ => CoverAsync("T-BDD-4", "T-BDD-2"));
        await HidesAsync(Map, "2 sur 24", _ => CoverAsync("T-BDD-4"));
        await ShowsAsync(Map, "3 sur 24", _ => CoverAsync("T-BDD-4", "T-BDD-3", "T-BDD-1"));
        await HidesAsync(Sql, "1 exercice", async db =>
        {
            (await db.Exercises.SingleAsync()).Retire();
            await db.SaveChangesAsync();
        });
    }

    [Fact]
    public async Task A_draft_covers_nothing()
    {
        await ChangeAsync(db =>
        {
            db.Add(new CourseBuilder("brouillon").WithChapter("ouvert").Draft().Build());
            db.Add(new CourseBuilder("ouvert").WithChapter("brouillon", draft: true).Build());
            return db.SaveChangesAsync();
        });
        await ChangeAsync(async db =>
        {
            var content = await db.ProgrammeContents.SingleAsync(c => c.Code == "T-BDD-1");
            foreach (var chapter in await db.Chapters.Include(c => c.Contents).Where(c => c.Slug != "jointures").ToListAsync()) chapter.Cover([content]);
            await db.SaveChangesAsync();
        });
        foreach (var path in new[] { Map, Model }) Assert.DoesNotContain("brouillon", (await visitor.AskAsync(path)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", Map)]
    [InlineData("/cours", Map)]
    [InlineData(Cast.Chapter, Sql)]
    [InlineData("/sitemap.xml", Map)]
    [InlineData("/sitemap.xml", Sql)]
    public async Task Whoever_looks_for_the_programme_finds_it(string from, string to) =>
        Assert.Matches($"{to}[\"<]", (await visitor.AskAsync(from)).Text);

    [Fact]
    public async Task Zoe_finds_from_her_statistics_what_is_asked_of_her()
    {
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        Assert.Contains($"href=\"{Sql}\"", (await zoe.AskAsync("/moi/statistiques")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_English_the_programme_itself_stays_in_French_and_says_so()
    {
        visitor.Cookies["langue"] = "en";
        foreach (var path in new[] { Map, Sql })
        {
            var page = new HtmlParser().ParseDocument((await visitor.AskAsync(path)).Text);
            Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
            var own = page.QuerySelectorAll("main *").Where(e => e.Children.Length == 0 && e.TextContent.Contains("base de données", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(own);
            Assert.All(own, e => Assert.NotNull(e.Closest("[lang=fr]")));
        }
    }

    Task CoverAsync(params string[] codes) => ChangeAsync(async db =>
    {
        var chapter = await db.Chapters.Include(c => c.Contents).SingleAsync(c => c.Id == cast.ChapterOfHopper);
        chapter.Cover(await db.ProgrammeContents.Where(c => codes.Contains(c.Code)).ToListAsync());
        await db.SaveChangesAsync();
    });

    async Task ChapterAsync(PortalDbContext db, Action<Chapter> change)
    {
        change(await db.Chapters.SingleAsync(c => c.Id == cast.ChapterOfHopper));
        await db.SaveChangesAsync();
    }

    async Task CourseAsync(PortalDbContext db, Action<Course> change)
    {
        change(await db.Courses.SingleAsync(c => c.Id == cast.CourseOfHopper));
        await db.SaveChangesAsync();
    }

    Task ChangeAsync(Func<PortalDbContext, Task> change) => cast.Host.WithDbAsync(change);

    Task ShowsAsync(string path, string text, Func<PortalDbContext, Task> change) => SeenAsync(path, text, change, appears: true);

    Task HidesAsync(string path, string text, Func<PortalDbContext, Task> change) => SeenAsync(path, text, change, appears: false);

    /// <summary>The page is kept before the change: the next request does not get the kept one.</summary>
    async Task SeenAsync(string path, string text, Func<PortalDbContext, Task> change, bool appears)
    {
        await visitor.AskAsync(path);
        var kept = await visitor.AskAsync(path);
        Assert.Equal((path, text, true, !appears), (path, text, kept.Hit, Has(kept)));
        await ChangeAsync(change);
        Assert.Equal((path, text, appears), (path, text, Has(await visitor.AskAsync(path))));

        bool Has(Answer answer) => WebUtility.HtmlDecode(answer.Text).Contains(text, StringComparison.Ordinal);
    }
}
