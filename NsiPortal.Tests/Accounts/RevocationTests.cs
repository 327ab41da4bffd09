using System.Net;
using NsiPortal.Domain.People;
using NsiPortal.Support;

namespace NsiPortal.Accounts;

/// <summary>Whoever may no longer come in is out on the next request, on each replica, whatever was kept for them.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    const int TimeLimit = 90_000;

    RedisServer redis = null!;
    Cast cast = null!;
    PortalHost second = null!;

    public async ValueTask InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        var setting = $"--REDIS_URL={redis.Url}";
        cast = await new Cast { Settings = [setting] }.StartAsync();
        second = await PortalHost.StartAsync(beside: cast.Host, Cast.HashFast, setting);
    }

    public async ValueTask DisposeAsync()
    {
        await second.DisposeAsync();
        await cast.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("disabled")]
    [InlineData("role")]
    [InlineData("password")]
    [InlineData("signed out everywhere")]
    [InlineData("deleted")]
    public async Task Who_was_let_in_is_out_on_both_replicas(string how)
    {
        using var here = await cast.SignInAsync(Cast.Oscar);
        using var there = here.Again(second);
        await WarmAsync(here, "/moi");
        await WarmAsync(there, "/moi");

        switch (how)
        {
            case "disabled": await cast.ChangeAsync(Cast.Oscar, user => user.Disable()); break;
            case "role": await cast.ChangeAsync(Cast.Oscar, user => user.Become(Role.Teacher)); break;
            case "signed out everywhere": await here.Again().PostAsync("/deconnexion", ("partout", "true")); break;
            case "deleted": await here.Again().PostAsync("/profil/suppression", ("motDePasse", Cast.Password)); break;
            default:
                using (var turing = await cast.SignInAsync(Cast.Turing))
                    Assert.Equal(HttpStatusCode.OK, (await turing.PostAsync($"/prof/classes/{cast.ClassOfTuring}/eleves/{cast.IdOf(Cast.Oscar)}/mot-de-passe")).Status);
                break;
        }

        foreach (var browser in new[] { here, there })
        {
            var answer = await browser.AskAsync("/moi");
            Assert.Equal((HttpStatusCode.Redirect, "/connexion"), (answer.Status, new Uri(answer.Header("Location")!).AbsolutePath));
            Assert.Empty(browser.Cookies.Keys.Intersect(["connexion", "connecte"]));
        }
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Who_was_disabled_cannot_come_back_with_a_cookie_of_before()
    {
        using var oscar = await cast.SignInAsync(Cast.Oscar);
        using var before = oscar.Again();
        await cast.ChangeAsync(Cast.Oscar, user => user.Disable());
        Assert.Equal(HttpStatusCode.BadRequest, (await oscar.SignInAsync(Cast.Oscar)).Status);
        await cast.ChangeAsync(Cast.Oscar, user => user.Enable());
        Assert.Equal(HttpStatusCode.Redirect, (await before.AskAsync("/moi")).Status);
        Assert.Equal("/moi", (await oscar.SignInAsync(Cast.Oscar)).Header("Location"));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Who_leaves_a_class_no_longer_sees_it()
    {
        var board = $"/classes/{cast.ClassOfHopper}/classement";
        using var max = await cast.SignInAsync(Cast.Max);
        using var there = max.Again(second);
        await WarmAsync(max, board);
        await WarmAsync(there, board);
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await hopper.PostAsync($"/prof/classes/{cast.ClassOfHopper}/eleves/{cast.IdOf(Cast.Max)}/retrait");
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), ((await max.AskAsync(board)).Status, (await there.AskAsync(board)).Status));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_new_password_signs_out_elsewhere_and_not_here()
    {
        using var here = await cast.SignInAsync(Cast.Oscar);
        using var there = here.Again(second);
        await WarmAsync(there, "/moi");
        var refused = new (string Field, string Said, string Now, string New, string Again)[]
        {
            ("actuel", "votre mot de passe actuel", "pas le bon", "quatre petits chats", "quatre petits chats"),
            ("nouveau", "trop court", Cast.Password, "court", "court"),
            ("nouveau", "contenir votre pseudo", Cast.Password, "oscar oscar", "oscar oscar"),
            ("confirmation", "pas les mêmes", Cast.Password, "quatre petits chats", "quatre petits chiens"),
        };
        foreach (var (field, said, now, wanted, again) in refused)
        {
            var answer = await ChangeAsync(here, now, wanted, again);
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            var faulty = Assert.Single(WebUtility.HtmlDecode(answer.Text).Split("<div class=\"field faulty\">").Skip(1));
            Assert.Contains($"for=\"f-{field}\"", faulty, StringComparison.Ordinal);
            Assert.Contains(said, faulty, StringComparison.Ordinal);
            Assert.DoesNotContain($"\"{wanted}\"", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal("/moi", (await ChangeAsync(here, Cast.Password, "quatre petits chats", "quatre petits chats")).Header("Location"));
        Assert.Equal(HttpStatusCode.OK, (await here.AskAsync("/moi")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await there.AskAsync("/moi")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await there.SignInAsync(Cast.Oscar)).Status);
        Assert.Equal("/moi", (await there.SignInAsync(Cast.Oscar, "quatre petits chats")).Header("Location"));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_password_that_was_given_out_opens_the_form_to_choose_ones_own()
    {
        using var turing = await cast.SignInAsync(Cast.Turing);
        var slip = await turing.PostAsync($"/prof/classes/{cast.ClassOfTuring}/eleves/{cast.IdOf(Cast.Oscar)}/mot-de-passe");
        var given = slip.Text.Split("<dd class=\"password\">")[1].Split("</dd>")[0];
        using var oscar = new Person(second);
        Assert.Equal("/mot-de-passe", (await oscar.SignInAsync(Cast.Oscar, given)).Header("Location"));
        // Nothing else is open to whoever was told it.
        Assert.Equal(("/mot-de-passe", HttpStatusCode.Forbidden), ((await oscar.AskAsync("/moi")).Header("Location"), (await oscar.AskAsync("/moi/en-tete", "HX-Request: true")).Status));
        Assert.Equal(HttpStatusCode.BadRequest, (await ChangeAsync(oscar, given, given, given)).Status);
        Assert.Contains("choisissez le vôtre", WebUtility.HtmlDecode((await oscar.AskAsync("/mot-de-passe")).Text), StringComparison.Ordinal);
        await ChangeAsync(oscar, given, "quatre petits chats", "quatre petits chats");
        Assert.Equal(HttpStatusCode.OK, (await oscar.AskAsync("/moi")).Status);
        Assert.Equal("/moi", (await oscar.SignInAsync(Cast.Oscar, "quatre petits chats")).Header("Location"));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Who_signs_out_is_out_though_Redis_is_dead()
    {
        using var oscar = await cast.SignInAsync(Cast.Oscar);
        await redis.KillAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await oscar.PostAsync("/deconnexion")).Status);
        Assert.Empty(oscar.Cookies.Keys.Intersect(["connexion", "connecte", "session"]));
        await redis.StartAgainAsync();
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Who_signs_in_is_in_though_Redis_is_dead()
    {
        await redis.KillAsync();
        using var oscar = await cast.SignInAsync(Cast.Oscar);
        Assert.Equal(HttpStatusCode.OK, (await oscar.AskAsync("/moi")).Status);
        await redis.StartAgainAsync();
    }

    static Task<Answer> ChangeAsync(Person person, string now, string wanted, string again) =>
        person.PostAsync("/mot-de-passe", ("Actuel", now), ("Nouveau", wanted), ("Confirmation", again));

    static async Task WarmAsync(Person person, string path)
    {
        while (!(await person.AskAsync(path)).Hit) await Task.Delay(5, TestContext.Current.CancellationToken);
    }
}
