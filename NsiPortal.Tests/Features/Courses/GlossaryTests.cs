using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using NsiPortal.Features.Teach.Chapters;
using NsiPortal.Rendering;
using NsiPortal.Support;

namespace NsiPortal.Features.Courses;

/// <summary>The glossary of a course, which its chapters write.</summary>
public sealed class GlossaryTests : IAsyncLifetime
{
    const string Address = "/cours/sigles/glossaire";
    readonly Cast cast = new();
    int course;
    int chapter;

    public async ValueTask InitializeAsync()
    {
        await cast.StartAsync();
        var renderer = new MarkdownRenderer();
        await cast.Host.WithDbAsync(async db =>
        {
            var sigles = new CourseBuilder("sigles").WithChapter("un").WithChapter("deux").WithChapter("brouillon", draft: true).Build();
            Write("un", "Un SGBD, et l’accès par E/S ou « Q & R ».\n\n*[SGBD]: Système de gestion de bases de données\n*[E/S]: Entrées et sorties\n*[Q & R]: Questions \"et\" réponses <vite>\n*[JAMAIS]: Écrit nulle part");
            Write("deux", "Le SGBD, une API (API).\n\n    SQL dans du code\n\n*[SGBD]: Système de gestion de bases de données\n*[API]: Interface de programmation\n*[SQL]: Jamais dans du code");
            Write("brouillon", "Le PDF.\n\n*[PDF]: Personne ne le lit");
            sigles.Admit(cast.IdOf(Cast.Hopper), cast.Now);
            foreach (var each in sigles.Chapters) each.Keep(cast.IdOf(Cast.Hopper), "", cast.Now);
            db.Add(sigles);
            await db.SaveChangesAsync();
            (course, chapter) = (sigles.Id, sigles.Chapters.Single(c => c.Slug == "deux").Id);

            void Write(string slug, string markdown) => sigles.Chapters.Single(c => c.Slug == slug).Write(markdown, renderer.Render(markdown));
        });
    }

    public ValueTask DisposeAsync() => cast.DisposeAsync();

    [Fact]
    public async Task Each_abbreviation_is_explained_once_with_the_chapters_that_use_it()
    {
        using var visitor = cast.Visitor();
        var answer = await visitor.AskAsync(Address);

        Assert.Equal((HttpStatusCode.OK, true), (answer.Status, answer.Stored));
        Assert.Equal(
            ["API|Interface de programmation|/cours/sigles/deux", "E/S|Entrées et sorties|/cours/sigles/un", "Q & R|Questions \"et\" réponses <vite>|/cours/sigles/un",
                "SGBD|Système de gestion de bases de données|/cours/sigles/un /cours/sigles/deux"],
            Entries(answer));
        Assert.Equal((true, 0), (await visitor.AskAsync(Address)) is var again ? (again.Hit, again.SqlCount) : default);
        foreach (var page in new[] { "/cours/sigles", "/cours/sigles/un" }) Assert.True(await LinksAsync(visitor, page), page);
    }

    [Fact]
    public async Task What_a_teacher_changes_is_on_the_next_page()
    {
        using var visitor = cast.Visitor();
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        foreach (var page in new[] { Address, "/cours/sigles" }) await visitor.AskAsync(page);

        var desk = await Desk.OpenAsync(hopper, $"/prof/cours/{course}/chapitres/{chapter}");
        desk["Texte"] = "Une API.\n\n*[API]: Interface de programmation d’application";
        await desk.AutosaveAsync();
        Assert.Equal((true, true), ((await visitor.AskAsync(Address)).Hit, (await visitor.AskAsync("/cours/sigles")).Hit));
        await desk.SendAsync("publication");

        Assert.Equal(["API|Interface de programmation d’application|/cours/sigles/deux", "SGBD|Système de gestion de bases de données|/cours/sigles/un"],
            Entries(await visitor.AskAsync(Address)).Where(entry => entry[0] is 'A' or 'S'));
    }

    [Fact]
    public async Task A_course_without_abbreviations_leads_to_no_glossary_until_it_has_one()
    {
        using var visitor = cast.Visitor();
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        Assert.False(await LinksAsync(visitor, "/cours/sql"));
        var empty = await visitor.AskAsync("/cours/sql/glossaire");
        Assert.Equal((HttpStatusCode.OK, 0), (empty.Status, Entries(empty).Count));
        Assert.Contains("noindex", empty.Text, StringComparison.Ordinal);

        var desk = await Desk.OpenAsync(hopper, $"/prof/cours/{cast.CourseOfHopper}/chapitres/{cast.ChapterOfHopper}");
        desk["Texte"] = "Du SQL.\n\n*[SQL]: Structured Query Language";
        await desk.SendAsync("publication");
        Assert.True(await LinksAsync(visitor, "/cours/sql"));
        Assert.Equal(["SQL|Structured Query Language|/cours/sql/jointures"], Entries(await visitor.AskAsync("/cours/sql/glossaire")));
    }

    static async Task<bool> LinksAsync(Person reader, string page) => new HtmlParser().ParseDocument((await reader.AskAsync(page)).Text).QuerySelector($"a[href='{string.Join('/', page.Split('/')[..3])}/glossaire']") is not null;

    static List<string> Entries(Answer answer) => new HtmlParser().ParseDocument(answer.Text).QuerySelectorAll(".glossary > div")
        .Select(entry => string.Join('|', entry.QuerySelector("dt")!.TextContent, entry.QuerySelector("dd > span")!.TextContent, string.Join(' ', entry.QuerySelectorAll("a").Select(link => link.GetAttribute("href"))))).ToList();
}
