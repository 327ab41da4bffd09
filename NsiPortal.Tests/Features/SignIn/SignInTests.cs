using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Support;

namespace NsiPortal.Features.SignIn;

public sealed partial class SignInTests(Cast cast) : IClassFixture<Cast>
{
    [Theory]
    [InlineData("/cours/sql", "/cours/sql")]
    [InlineData("/moi/rang?periode=toujours", "/moi/rang?periode=toujours")]
    [InlineData("", "/moi")]
    [InlineData("//evil.example", "/moi")]
    [InlineData("/\\evil.example", "/moi")]
    [InlineData("/\t/evil.example", "/moi")]
    [InlineData("https://evil.example", "/moi")]
    [InlineData("javascript:alert(1)", "/moi")]
    [InlineData("evil.example", "/moi")]
    [InlineData("~//evil.example", "/moi")]
    [InlineData("/connexion?retour=/", "/moi")]
    [InlineData("/cours/\u00E9", "/moi")]
    [InlineData("/a\r\nSet-Cookie:a=b", "/moi")]
    public async Task Whoever_signs_in_goes_where_they_wanted_if_that_is_here(string wanted, string reached)
    {
        using var zoe = cast.Visitor();
        var answer = await zoe.SignInAsync("zoe", more: ("Retour", wanted));
        Assert.Equal((HttpStatusCode.Redirect, reached), (answer.Status, answer.Header("Location")));
        if (!wanted.Any(char.IsControl)) Assert.Equal(reached, (await zoe.AskAsync("/connexion?retour=" + Uri.EscapeDataString(wanted))).Header("Location"));
    }

    [Fact]
    public async Task A_page_of_ones_own_leads_to_the_form_and_the_form_back_to_it()
    {
        using var zoe = cast.Visitor();
        var asked = await zoe.AskAsync("/moi/rang?periode=toujours");
        Assert.Equal(HttpStatusCode.Redirect, asked.Status);
        var form = new Uri(asked.Header("Location")!).PathAndQuery;
        Assert.Equal("/connexion?retour=%2Fmoi%2Frang%3Fperiode%3Dtoujours", form);
        Assert.Contains("value=\"/moi/rang?periode=toujours\"", (await zoe.AskAsync(form)).Text, StringComparison.Ordinal);
        // A part of a page is no place for a form.
        Assert.Equal(HttpStatusCode.Unauthorized, (await zoe.AskAsync("/moi/en-tete", "HX-Request: true")).Status);
    }

    [Theory]
    [InlineData("inconnue")]
    [InlineData("\uFFFE")]
    public async Task Nobody_learns_whether_there_is_such_a_user(string unknown)
    {
        using var visitor = cast.Visitor();
        var (one, other) = (await visitor.SignInAsync(Cast.Oscar, "pas le bon"), await visitor.SignInAsync(unknown, "pas le bon"));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (one.Status, other.Status));
        Assert.Equal(Same(one.Text), Same(other.Text));
        Assert.Contains("ne vont pas ensemble", one.Text, StringComparison.Ordinal);

        static string Same(string page) => Varying().Replace(page, "");
    }

    [Fact]
    public async Task Eight_wrong_passwords_in_a_row_lock_the_account_for_a_while()
    {
        using var max = cast.Visitor();
        for (var i = 0; i < 7; i++) await max.SignInAsync(Cast.Max, "pas le bon");
        // A right one forgives.
        Assert.Equal(HttpStatusCode.Redirect, (await max.Again().SignInAsync(Cast.Max)).Status);
        for (var i = 0; i < 8; i++) await max.SignInAsync(Cast.Max, "pas le bon");
        var locked = await max.SignInAsync(Cast.Max);
        Assert.Equal(HttpStatusCode.BadRequest, locked.Status);
        Assert.Contains("cinq minutes", locked.Text, StringComparison.Ordinal);

        var end = await cast.Host.WithDbAsync(db => db.Users.Where(u => u.Nickname == Cast.Max).Select(u => u.LockedUntil).SingleAsync());
        Assert.InRange(end!.Value, cast.Now.AddMinutes(4), cast.Now.AddMinutes(5));
        await cast.ChangeAsync(Cast.Max, user => user.LockedUntil = cast.Now.AddSeconds(-1));
        Assert.Equal(HttpStatusCode.Redirect, (await max.SignInAsync(Cast.Max)).Status);
    }

    [Fact]
    public async Task Eight_at_once_lock_it_as_well()
    {
        using var visitor = cast.Visitor();
        await visitor.PostAsync("/connexion");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => visitor.SignInAsync(Cast.Turing, "pas le bon")));
        Assert.Contains("cinq minutes", (await visitor.SignInAsync(Cast.Turing)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_visitor_tried_is_theirs_once_they_sign_in_and_the_session_before_leads_nowhere()
    {
        using var zoe = cast.Visitor();
        await zoe.PostAsync(Cast.Exercise + "/reponse", ("r.choix", "a"));
        using var before = zoe.Again();
        Assert.Contains("p-verdict", (await before.AskAsync(Cast.Exercise + "/reponse")).Text, StringComparison.Ordinal);

        await zoe.SignInAsync(Cast.Zoe);
        Assert.Contains("p-verdict", (await zoe.AskAsync(Cast.Exercise + "/reponse")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("p-verdict", (await before.AskAsync(Cast.Exercise + "/reponse")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shared_pages_are_told_that_somebody_is_there_by_a_cookie_that_goes_at_the_end()
    {
        using var zoe = cast.Visitor();
        await zoe.SignInAsync(Cast.Zoe);
        Assert.Equal("1", zoe.Cookies["connecte"]);
        Assert.Contains("/deconnexion", (await zoe.AskAsync("/deconnexion")).Text, StringComparison.Ordinal);

        var answer = await zoe.PostAsync("/deconnexion");
        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.Status, answer.Header("Location")));
        Assert.Equal("\"cache\"", answer.Header("Clear-Site-Data"));
        Assert.DoesNotContain("connecte", zoe.Cookies.Keys);
        Assert.DoesNotContain("connexion", zoe.Cookies.Keys);
        Assert.Equal(HttpStatusCode.Redirect, (await zoe.AskAsync("/moi")).Status);
    }

    [Fact]
    public async Task Who_signs_out_everywhere_is_out_on_every_computer_and_who_does_not_is_out_on_one()
    {
        using var here = await cast.SignInAsync(Cast.Hopper);
        using var there = await cast.SignInAsync(Cast.Hopper);
        using var elsewhere = await cast.SignInAsync(Cast.Hopper);
        await here.PostAsync("/deconnexion");
        Assert.Equal(HttpStatusCode.OK, (await there.AskAsync("/moi")).Status);
        await there.PostAsync("/deconnexion", ("partout", "true"));
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.AskAsync("/moi")).Status);
        Assert.Empty(elsewhere.Cookies.Keys.Intersect(["connexion", "connecte"]));
    }

    [Fact]
    public async Task Production_has_cookies_that_only_this_host_gets_and_only_over_https()
    {
        await using var production = await new Cast { Settings = ["--environment=Production"] }.StartAsync();
        using var zoe = new Person(production.Host, "X-Forwarded-Proto: https");
        var form = await zoe.AskAsync("/connexion");
        var trial = await zoe.PostAsync(Cast.Exercise + "/indice");
        var answer = await zoe.SignInAsync(Cast.Zoe, more: ("Rester", "true"));
        Assert.Equal("/moi", answer.Header("Location"));

        var cookies = new[] { form, trial, answer }.SelectMany(a => a.Message.Headers.TryGetValues("Set-Cookie", out var set) ? set : []).ToList();
        Assert.Equal(["__Host-connexion", "__Host-formulaire", "__Host-session", "connecte"], cookies.Select(cookie => cookie.Split('=')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(cookies, cookie =>
        {
            Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.Ordinal);
            Assert.Contains("; samesite=", cookie, StringComparison.Ordinal);
            Assert.DoesNotContain("domain=", cookie, StringComparison.Ordinal);
            // What scripts read says nothing but that somebody is there.
            if (cookie.StartsWith("connecte=", StringComparison.Ordinal)) Assert.StartsWith("connecte=1; expires=", cookie, StringComparison.Ordinal);
            else Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Whoever_knocks_too_often_is_asked_to_wait()
    {
        await using var host = await PortalHost.StartAsync();
        using var visitor = new Person(host);
        Answer answer;
        var knocks = 0;
        // A minute may end meanwhile, not two.
        do answer = await visitor.PostWithoutTokenAsync("/connexion");
        while (answer.Status != HttpStatusCode.TooManyRequests && ++knocks <= 400);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.InRange(knocks, 200, 400);
        Assert.InRange(int.Parse(answer.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Contains("</html>", answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.PostWithoutTokenAsync("/inscription")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("/connexion")).Status);
    }

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="[^"]+"|name="Pseudo" type="text" value="[^"]*" """, RegexOptions.CultureInvariant)]
    private static partial Regex Varying();
}
