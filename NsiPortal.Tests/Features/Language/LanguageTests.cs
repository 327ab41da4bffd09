using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using NsiPortal.Support;

namespace NsiPortal.Features.Language;

public sealed class LanguageTests(Cast cast) : IClassFixture<Cast>
{
    [Fact]
    public async Task A_link_changes_the_language_of_this_browser_alone_and_leads_back()
    {
        using var reader = cast.Visitor();
        var origin = cast.Host.Url + "/";
        Assert.Contains("<html lang=\"fr\">", (await reader.AskAsync("/cours")).Text, StringComparison.Ordinal);

        var answer = await reader.AskAsync("/langue/en", $"Referer: {origin}recherche?q=tri");

        Assert.Equal((HttpStatusCode.Redirect, "/recherche?q=tri"), (answer.Status, answer.Header("Location")));
        Assert.Contains("<html lang=\"en\">", (await reader.AskAsync("/cours")).Text, StringComparison.Ordinal);
        using var other = cast.Visitor();
        var french = await other.AskAsync("/cours");
        Assert.Contains("<html lang=\"fr\">", french.Text, StringComparison.Ordinal);
        Assert.True(french.Hit);
    }

    [Theory]
    [InlineData("https://ailleurs.example/cours")]
    [InlineData("{origin}langue/en")]
    [InlineData("pas une adresse")]
    public async Task Who_comes_from_elsewhere_is_led_to_the_first_page(string referer)
    {
        using var reader = cast.Visitor();
        var from = referer.Replace("{origin}", cast.Host.Url + "/", StringComparison.Ordinal);
        Assert.Equal("/", (await reader.AskAsync("/langue/en", $"Referer: {from}")).Header("Location"));
    }

    [Fact]
    public async Task A_language_that_the_portal_does_not_speak_is_no_page_and_no_choice()
    {
        using var reader = cast.Visitor();
        Assert.Equal(HttpStatusCode.NotFound, (await reader.AskAsync("/langue/de")).Status);
        reader.Cookies["langue"] = "de";
        Assert.Contains("<html lang=\"fr\">", (await reader.AskAsync("/cours")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_user_prefers_follows_them_to_where_they_sign_in()
    {
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        await zoe.PostAsync("/profil", ("Pseudo", Cast.Zoe), ("Avatar", "octet"), ("Langue", "en"), ("Theme", "dark"));
        Assert.Contains("<html lang=\"en\">", (await zoe.AskAsync("/cours")).Text, StringComparison.Ordinal);

        using var elsewhere = await cast.SignInAsync(Cast.Zoe);
        Assert.Equal(("en", "dark"), (elsewhere.Cookies["langue"], elsewhere.Cookies["theme"]));
        Assert.Contains("<html lang=\"en\">", (await elsewhere.AskAsync("/moi")).Text, StringComparison.Ordinal);
        using var max = await cast.SignInAsync(Cast.Max);
        Assert.DoesNotContain("theme", max.Cookies.Keys);
    }

    [Fact]
    public async Task In_an_English_page_what_authors_wrote_is_marked_as_French()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        hopper.Cookies["langue"] = "en";
        var desk = $"/prof/cours/{cast.CourseOfHopper}";
        var chapter = $"{desk}/chapitres/{cast.ChapterOfHopper}";
        string[] pages = ["/cours", "/cours/sql", Cast.Chapter, Cast.Exercise, $"{Cast.Exercise}/reponse", desk, $"{desk}/fichiers", chapter, $"{chapter}/revisions", $"{chapter}/exercices", $"/prof/classes/{cast.ClassOfHopper}/travail"];
        var found = 0;
        foreach (var path in pages)
        {
            var page = new HtmlParser().ParseDocument((await hopper.AskAsync(path)).Text);
            var titles = page.QuerySelectorAll("h1, h2, h3, h4, nav li, a, th").SelectMany(e => e.ChildNodes.OfType<IText>()).Where(text => text.Data.Trim() is "Chapitre jointures" or "Cours sql" or "Sans partenaire").ToList();
            found += titles.Count;
            Assert.Equal([], titles.Where(text => text.ParentElement!.Closest("[lang]")!.GetAttribute("lang") != "fr").Select(text => $"{path}: {text.ParentElement!.OuterHtml}"));
        }

        // The look is not blind.
        Assert.True(found >= 8, $"{found} titles were found.");
    }

    [Theory]
    [InlineData("de", "dark")]
    [InlineData("fr", "rose")]
    [InlineData("", "")]
    public async Task A_choice_that_is_not_offered_is_refused(string language, string theme)
    {
        using var max = await cast.SignInAsync(Cast.Max);
        Assert.Equal(HttpStatusCode.BadRequest, (await max.PostAsync("/profil", ("Pseudo", Cast.Max), ("Avatar", "octet"), ("Langue", language), ("Theme", theme))).Status);
    }
}
