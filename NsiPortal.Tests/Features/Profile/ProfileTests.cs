using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Support;

namespace NsiPortal.Features.Profile;

public sealed class ProfileTests : IAsyncLifetime
{
    readonly Cast cast = new();
    Person zoe = null!;
    Person oscar = null!;

    public async ValueTask InitializeAsync()
    {
        await cast.StartAsync();
        (zoe, oscar) = (await cast.SignInAsync(Cast.Zoe), await cast.SignInAsync(Cast.Oscar));
    }

    public ValueTask DisposeAsync()
    {
        zoe.Dispose();
        oscar.Dispose();
        return cast.DisposeAsync();
    }

    [Fact]
    public async Task A_new_name_and_avatar_are_seen_at_once()
    {
        await SaveAsync(zoe, Cast.Zoe, "octet", visible: true);
        await SolveAsync(zoe);
        using var visitor = cast.Visitor();
        Assert.Contains(Cast.Zoe, WebUtility.HtmlDecode((await visitor.AskAsync("/classement")).Text), StringComparison.Ordinal);
        Assert.True((await visitor.AskAsync("/classement")).Hit);
        await zoe.AskAsync("/moi/en-tete");

        Assert.Equal("/profil?enregistre=True", (await SaveAsync(zoe, "  Zoé   Bis ", "fusee", visible: true)).Header("Location"));
        foreach (var page in new[] { await visitor.AskAsync("/classement"), await zoe.AskAsync("/moi"), await zoe.AskAsync("/moi/en-tete"), await zoe.AskAsync("/profil") })
        {
            Assert.Contains("Zoé Bis", WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
            Assert.Contains("avatar-fusee", page.Text, StringComparison.Ordinal);
        }

        Assert.Equal("/moi", (await cast.Visitor().SignInAsync("zoebis")).Header("Location"));
    }

    // One from before the portal refused it, or from a teacher's list.
    [Fact]
    public async Task Who_has_a_name_that_nobody_may_take_any_more_keeps_it_and_changes_the_rest()
    {
        await cast.Host.Data.ExecuteAsync("""UPDATE "Users" SET "Nickname" = 'Prof' WHERE "Nickname" = 'Zoé' """);
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(zoe, "Prof", "fusee", visible: true)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SaveAsync(zoe, "Professeur", "fusee", visible: true)).Status);
    }

    [Theory]
    [InlineData("0scar", "octet", "déjà pris")]
    [InlineData("\u041Escar", "octet", "lettres latines")]
    [InlineData("Zo\uFFFE", "octet", "lettres latines")]
    [InlineData("", "octet", "trop court")]
    [InlineData("Zoé", "../../etc", null)]
    [InlineData("Zoé", "", null)]
    public async Task What_cannot_be_is_refused_and_changes_nothing(string nickname, string avatar, string? said)
    {
        var answer = await SaveAsync(zoe, nickname, avatar, visible: true);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        if (said is not null) Assert.Contains(said, WebUtility.HtmlDecode(answer.Text), StringComparison.Ordinal);
        var user = await cast.Host.WithDbAsync(db => db.Users.SingleAsync(u => u.Id == cast.IdOf(Cast.Zoe)));
        Assert.Equal((Cast.Zoe, "octet", false), (user.Nickname, user.Avatar, user.ShownToAll));
    }

    [Fact]
    public async Task Nobody_is_shown_who_did_not_ask_to_be_and_who_asks_no_longer_is_gone_at_once()
    {
        await SolveAsync(zoe);
        using var visitor = cast.Visitor();
        foreach (var visible in new[] { false, true, false })
        {
            if (visible || await IsShownAsync()) await SaveAsync(zoe, Cast.Zoe, "octet", visible);
            foreach (var period in new[] { "", "?periode=toujours" })
            {
                Assert.Equal(visible, WebUtility.HtmlDecode((await visitor.AskAsync("/classement" + period)).Text).Contains(Cast.Zoe, StringComparison.Ordinal));
                Assert.True((await visitor.AskAsync("/classement" + period)).Hit);
            }

            // Her class sees her all the same.
            using var hopper = await cast.SignInAsync(Cast.Hopper);
            Assert.Contains(Cast.Zoe, WebUtility.HtmlDecode((await hopper.AskAsync($"/classes/{cast.ClassOfHopper}/classement")).Text), StringComparison.Ordinal);
        }

        Task<bool> IsShownAsync() => cast.Host.WithDbAsync(db => db.Users.Where(u => u.Id == cast.IdOf(Cast.Zoe)).Select(u => u.ShownToAll).SingleAsync());
    }

    [Fact]
    public async Task A_form_from_before_the_sign_in_is_told_to_be_one()
    {
        var answer = await zoe.PostWithoutTokenAsync("/profil", ("Pseudo", Cast.Zoe));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Ce formulaire n’est plus valable", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("l’adresse est sans doute abîmée", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_ones_own_is_nobody_elses()
    {
        await SolveAsync(zoe);
        string[] pages = ["/moi", "/moi/statistiques", "/moi/tentatives", "/moi/badges", "/moi/en-tete", "/moi/rang?periode=toujours", "/moi/progression/sql/jointures", "/moi/progression/sql/jointures/partie", "/classement/ligue"];
        foreach (var path in pages)
        {
            var mine = await zoe.AskAsync(path);
            Assert.Equal((path, HttpStatusCode.OK), (path, mine.Status));
            var (theirs, mineAgain, theirsAgain) = (await oscar.AskAsync(path), await zoe.AskAsync(path), await oscar.AskAsync(path));
            Assert.True(mineAgain.Hit && theirsAgain.Hit, path);
            Assert.Equal((mine.Text, theirs.Text), (mineAgain.Text, theirsAgain.Text));
            Assert.DoesNotContain(Cast.Zoe, WebUtility.HtmlDecode(theirs.Text), StringComparison.Ordinal);
            Assert.DoesNotContain(Cast.Oscar, WebUtility.HtmlDecode(mine.Text), StringComparison.Ordinal);
            Assert.All([mine, theirs, mineAgain, theirsAgain], answer => Assert.Equal(("no-store", null), (answer.Header("Cache-Control"), answer.ETag)));
        }
    }

    [Fact]
    public async Task What_is_taken_away_is_all_of_ones_own_and_nothing_of_others()
    {
        await SolveAsync(zoe);
        await oscar.PostAsync(Cast.Exercise + "/reponse", ("r.choix", "b"));
        await zoe.PostAsync(Cast.Exercise + "/brouillon", ("r.choix", "b"));
        var answer = await zoe.AskAsync("/profil/export.json");
        Assert.Equal("attachment; filename=mes-donnees-nsi-portal.json; filename*=UTF-8''mes-donnees-nsi-portal.json", answer.Header("Content-Disposition"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        using var json = JsonDocument.Parse(answer.Text);
        var data = json.RootElement;
        Assert.Equal(Cast.Zoe, data.GetProperty("compte").GetProperty("Nickname").GetString());
        Assert.Equal("Terminale 1", Assert.Single(data.GetProperty("classes").EnumerateArray()).GetProperty("Name").GetString());
        var attempt = Assert.Single(data.GetProperty("reponses").EnumerateArray());
        Assert.Equal(("sql/jointures/partenaires", "Right"), (attempt.GetProperty("exercice").GetString(), attempt.GetProperty("verdict").GetString()));
        Assert.All(["brouillons", "progression", "jours"], part => Assert.Single(data.GetProperty(part).EnumerateArray()));
        Assert.All(["brouillons", "progression"], part => Assert.Equal("sql/jointures/partenaires", data.GetProperty(part)[0].GetProperty("exercice").GetString()));
        Assert.NotEmpty(data.GetProperty("experience").EnumerateArray());
        Assert.All([Cast.Oscar, "Terminale 2", "PasswordHash", "Stamp"], other => Assert.DoesNotContain(other, answer.Text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_deletes_their_account_leaves_counts_behind_and_nothing_that_names_them()
    {
        await SaveAsync(zoe, Cast.Zoe, "octet", visible: true);
        await SolveAsync(zoe);
        await SolveAsync(oscar);
        await zoe.PostAsync(Cast.Exercise + "/brouillon", ("r.choix", "b"));
        using var visitor = cast.Visitor();
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        Assert.Contains(Cast.Zoe, WebUtility.HtmlDecode((await visitor.AskAsync("/classement")).Text), StringComparison.Ordinal);
        var before = await RowsOfAsync(Cast.Oscar);

        Assert.Equal(HttpStatusCode.BadRequest, (await zoe.PostAsync("/profil/suppression", ("motDePasse", "pas le bon"))).Status);
        var answer = await zoe.PostAsync("/profil/suppression", ("motDePasse", Cast.Password));
        Assert.Equal((HttpStatusCode.Redirect, "/profil/supprime", "\"cache\""), (answer.Status, answer.Header("Location"), answer.Header("Clear-Site-Data")));
        Assert.Contains("Votre compte est supprimé", (await zoe.AskAsync("/profil/supprime")).Text, StringComparison.Ordinal);
        Assert.Empty(zoe.Cookies.Keys.Intersect(["connexion", "connecte"]));
        Assert.Equal(HttpStatusCode.BadRequest, (await zoe.SignInAsync(Cast.Zoe)).Status);

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0], await RowsOfAsync(Cast.Zoe));
        Assert.Equal(before, await RowsOfAsync(Cast.Oscar));
        var left = await cast.Host.WithDbAsync(db => db.Attempts.SingleAsync(a => a.UserId == null));
        Assert.Equal(("{}", null, 2), (left.Answer, left.Comment, left.Points));
        foreach (var page in new[] { await visitor.AskAsync("/classement"), await hopper.AskAsync($"/classes/{cast.ClassOfHopper}/classement"), await hopper.AskAsync($"/prof/classes/{cast.ClassOfHopper}") })
            Assert.DoesNotContain(Cast.Zoe, WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_deletes_it_twice_at_once_is_not_told_of_a_fault()
    {
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => zoe.Again()).Select(window => Task.Run(() => window.PostAsync("/profil/suppression", ("motDePasse", Cast.Password)))));
        Assert.All(both, answer => Assert.True(answer.Status is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized, $"{answer.Status}"));
        Assert.Equal(0, (await RowsOfAsync(Cast.Zoe))[0]);
    }

    [Fact]
    public async Task A_teacher_who_has_classes_stays()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var answer = await hopper.PostAsync("/profil/suppression", ("motDePasse", Cast.Password));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Vous avez des classes", answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await hopper.AskAsync($"/prof/classes/{cast.ClassOfHopper}")).Status);
    }

    /// <summary>How many rows of each table are theirs.</summary>
    Task<List<int>> RowsOfAsync(string nickname) => cast.Host.WithDbAsync(async db =>
    {
        var id = cast.IdOf(nickname);
        return new List<int>
        {
            await db.Users.CountAsync(u => u.Id == id), await db.ClassMembers.CountAsync(m => m.UserId == id), await db.Attempts.CountAsync(a => a.UserId == id),
            await db.AnswerDrafts.CountAsync(d => d.UserId == id), await db.ExerciseProgress.CountAsync(p => p.UserId == id), await db.XpEvents.CountAsync(e => e.UserId == id),
            await db.DailyActivity.CountAsync(a => a.UserId == id), await db.EarnedBadges.CountAsync(b => b.UserId == id), await db.Standings.CountAsync(s => s.UserId == id),
        };
    });

    static Task<Answer> SaveAsync(Person person, string nickname, string avatar, bool visible) =>
        person.PostAsync("/profil", [("Pseudo", nickname), ("Avatar", avatar), ("Langue", "fr"), ("Theme", "system"), .. visible ? [("Visible", "true")] : Array.Empty<(string, string)>()]);

    static async Task SolveAsync(Person person) => Assert.Equal(HttpStatusCode.Redirect, (await person.PostAsync(Cast.Exercise + "/reponse", ("r.choix", "a"))).Status);
}
