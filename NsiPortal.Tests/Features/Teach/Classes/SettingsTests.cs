using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.People;
using NsiPortal.Support;

namespace NsiPortal.Features.Teach.Classes;

public sealed partial class SettingsTests(Cast cast) : IClassFixture<Cast>
{
    string Mine => $"/prof/classes/{cast.ClassOfHopper}";

    [Fact]
    public async Task A_new_name_is_on_the_pages_of_the_pupils_at_once()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        Assert.Contains("Terminale 1", (await zoe.AskAsync("/moi")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(hopper, ("Nom", "Groupe bleu"))).Status);
        Assert.Contains("Groupe bleu", (await zoe.AskAsync("/moi")).Text, StringComparison.Ordinal);
        Assert.Contains("Groupe bleu", (await zoe.AskAsync($"/classes/{cast.ClassOfHopper}/classement")).Text, StringComparison.Ordinal);
        await SaveAsync(hopper, ("Nom", "Terminale 1"));
    }

    [Theory]
    [InlineData("Nom", "")]
    [InlineData("Capacite", "501")]
    [InlineData("Capacite", "douze")]
    [InlineData("Capacite", "-1")]
    [InlineData("Expiration", "après-demain")]
    [InlineData("Expiration", "9999-12-31T23:59")]
    public async Task What_cannot_be_is_said_and_what_was_typed_stays(string field, string value)
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var answer = await SaveAsync(hopper, ("Nom", "Un nom à garder"), (field, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var page = WebUtility.HtmlDecode(answer.Text);
        Assert.Contains("class=\"fault\"", page, StringComparison.Ordinal);
        if (value.Length > 0) Assert.Contains($"value=\"{value}\"", page, StringComparison.Ordinal);
        Assert.Equal(field != "Nom", page.Contains("value=\"Un nom à garder\"", StringComparison.Ordinal));
        Assert.Equal("Terminale 1", await cast.Host.WithDbAsync(db => db.Classes.Where(c => c.Id == cast.ClassOfHopper).Select(c => c.Name).SingleAsync()));
    }

    [Fact]
    public async Task The_code_is_valid_until_the_time_on_the_clocks_of_Paris()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await SaveAsync(hopper, ("Expiration", "2030-07-01T18:00"));
        Assert.Equal(new DateTimeOffset(2030, 7, 1, 16, 0, 0, TimeSpan.Zero), await ExpiryAsync());
        Assert.Contains("2030-07-01T18:00", (await hopper.AskAsync(Mine + "/reglages")).Text, StringComparison.Ordinal);
        await SaveAsync(hopper, ("Expiration", "01/07/2020 18:00"));
        using var oscar = await cast.SignInAsync(Cast.Oscar);
        Assert.Contains("n’est plus valable", WebUtility.HtmlDecode((await oscar.PostAsync("/rejoindre", ("code", await CodeAsync()))).Text), StringComparison.Ordinal);
        await SaveAsync(hopper);
        Assert.Null(await ExpiryAsync());

        Task<DateTimeOffset?> ExpiryAsync() => cast.Host.WithDbAsync(db => db.Classes.Where(c => c.Id == cast.ClassOfHopper).Select(c => c.CodeExpiresAt).SingleAsync());
    }

    [Fact]
    public async Task An_archived_class_is_folded_away_and_taken_back_with_its_pupils()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await hopper.PostAsync(Mine + "/archive");
        Assert.Contains("Classes archivées", WebUtility.HtmlDecode((await hopper.AskAsync("/prof/classes")).Text), StringComparison.Ordinal);
        using var oscar = await cast.SignInAsync(Cast.Oscar);
        Assert.Equal(HttpStatusCode.BadRequest, (await oscar.PostAsync("/rejoindre", ("code", await CodeAsync()))).Status);
        Assert.Contains(Cast.Zoe, WebUtility.HtmlDecode((await hopper.AskAsync(Mine)).Text), StringComparison.Ordinal);
        await hopper.PostAsync(Mine + "/archive", ("reprendre", "true"));
        Assert.DoesNotContain("Classes archivées", WebUtility.HtmlDecode((await hopper.AskAsync("/prof/classes")).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pupil_who_was_taken_out_is_brought_back_as_if_they_had_never_left_and_nobody_else_is()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using var turing = await cast.SignInAsync(Cast.Turing);
        var before = await JoinedAsync();
        Assert.Contains("Retirer Max", WebUtility.HtmlDecode((await hopper.AskAsync($"{Mine}/eleves/{cast.IdOf(Cast.Max)}/retrait")).Text), StringComparison.Ordinal);
        var page = await hopper.AskAsync((await hopper.PostAsync($"{Mine}/eleves/{cast.IdOf(Cast.Max)}/retrait")).Header("Location")!);
        Assert.Null(await JoinedAsync());
        var word = WordOf().Match(page.Text).Groups[1].Value;
        // Neither another class nor an invented word brings anybody in.
        Assert.Equal(HttpStatusCode.NotFound, (await turing.PostAsync($"/prof/classes/{cast.ClassOfTuring}/retour", ("retrait", word))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hopper.PostAsync(Mine + "/retour", ("retrait", word[..^2] + "xx"))).Status);
        // Not beyond the places that there are, until there are some.
        await SaveAsync(hopper, ("Capacite", "1"));
        Assert.Equal(HttpStatusCode.Conflict, (await hopper.PostAsync(Mine + "/retour", ("retrait", word))).Status);
        await SaveAsync(hopper);
        Assert.Equal(HttpStatusCode.Redirect, (await hopper.PostAsync(Mine + "/retour", ("retrait", word))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await hopper.PostAsync(Mine + "/retour", ("retrait", word))).Status);
        Assert.Equal(before, await JoinedAsync());

        Task<DateTimeOffset?> JoinedAsync() => cast.Host.WithDbAsync(db => db.ClassMembers.Where(m => m.ClassId == cast.ClassOfHopper && m.User.Nickname == Cast.Max).Select(m => (DateTimeOffset?)m.JoinedAt).SingleOrDefaultAsync());
    }

    [Fact]
    public async Task The_sheet_and_its_picture_lead_to_the_portal_itself()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        Assert.Contains(new JoinCode(await CodeAsync()).ToString(), (await hopper.AskAsync(Mine + "/affiche")).Text, StringComparison.Ordinal);
        var picture = await hopper.AskAsync(Mine + "/qr.svg");
        Assert.Equal("image/svg+xml; charset=utf-8", picture.Header("Content-Type"));
        Assert.DoesNotContain("style", picture.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_that_is_closed_shows_no_code_and_sends_nobody_to_its_door_until_it_is_opened_again()
    {
        var address = $"/prof/classes/{cast.ClassOfTuring}";
        using var turing = await cast.SignInAsync(Cast.Turing);
        var former = await SheetAsync();
        Assert.NotNull(former.QuerySelector(".join-code"));
        await turing.PostAsync(address + "/code", ("fermer", "true"));

        foreach (var page in new[] { "", "/reglages", "/affiche" })
        {
            var closed = new HtmlParser().ParseDocument((await turing.AskAsync(address + page)).Text);
            Assert.Equal((page, true), (page, closed.QuerySelector("main")!.TextContent.Contains("Les inscriptions sont fermées", StringComparison.Ordinal)));
            Assert.Null(closed.QuerySelector(".join-code"));
            Assert.Equal(page == "/affiche" ? 0 : 1, closed.QuerySelectorAll($"form[action='{address}/code'] button").Count(button => button.TextContent == "Rouvrir les inscriptions"));
            Assert.DoesNotContain(closed.QuerySelectorAll("main a"), link => link.GetAttribute("href") == address + "/affiche");
        }

        var sheet = await SheetAsync();
        Assert.Null(sheet.QuerySelector("main img"));
        Assert.NotNull(sheet.QuerySelector($".message a[href='{address}/reglages']"));
        Assert.Equal(HttpStatusCode.NotFound, (await turing.AskAsync(address + "/qr.svg")).Status);

        Assert.Equal(address, (await turing.PostAsync(address + "/code", ("depuis", "eleves"))).Header("Location"));
        foreach (var page in new[] { "", "/reglages", "/affiche" }) Assert.NotNull(new HtmlParser().ParseDocument((await turing.AskAsync(address + page)).Text).QuerySelector(".join-code"));
        Assert.Equal(HttpStatusCode.OK, (await turing.AskAsync(address + "/qr.svg")).Status);

        async Task<AngleSharp.Dom.IDocument> SheetAsync() => new HtmlParser().ParseDocument((await turing.AskAsync(address + "/affiche")).Text);
    }

    [Fact]
    public async Task What_a_colleague_has_saved_meanwhile_stays_unless_it_was_changed_here_too()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await SaveAsync(hopper, ("Capacite", "41"));
        await SaveAsync(hopper, ("NomVu", "Terminale 1"), ("Capacite", "40"), ("CapaciteVue", "40"), ("Expiration", "2030-07-01T18:00"), ("ExpirationVue", ""));
        var saved = await cast.Host.WithDbAsync(db => db.Classes.Where(c => c.Id == cast.ClassOfHopper).Select(c => new { c.Name, c.Capacity, c.CodeExpiresAt }).SingleAsync());
        Assert.Equal(("Terminale 1", 41, true), (saved.Name, saved.Capacity, saved.CodeExpiresAt is not null));
        await SaveAsync(hopper);
    }

    [Fact]
    public async Task A_class_whose_owner_teaches_no_more_is_taken_over_by_who_teaches_it()
    {
        var address = $"/prof/classes/{cast.ClassOfTuring}";
        var (toHopper, toTuring) = (("professeur", $"{cast.IdOf(Cast.Hopper)}"), ("professeur", $"{cast.IdOf(Cast.Turing)}"));
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using (var turing = await cast.SignInAsync(Cast.Turing)) await turing.PostAsync(address + "/professeurs", ("pseudo", Cast.Hopper));
        Assert.Equal(HttpStatusCode.NotFound, (await hopper.PostAsync(address + "/proprietaire", toHopper)).Status);

        await cast.ChangeAsync(Cast.Turing, user => user.Disable());
        for (var twice = 0; twice < 2; twice++) Assert.Equal(HttpStatusCode.Redirect, (await hopper.PostAsync(address + "/proprietaire", toHopper)).Status);
        Assert.Equal(cast.IdOf(Cast.Hopper), await cast.Host.WithDbAsync(db => db.Classes.Where(c => c.Id == cast.ClassOfTuring).Select(c => c.TeacherId).SingleAsync()));
        Assert.Equal(HttpStatusCode.BadRequest, (await hopper.PostAsync(address + "/proprietaire", toTuring)).Status);

        await cast.ChangeAsync(Cast.Turing, user => user.Enable());
        Assert.Equal(HttpStatusCode.Redirect, (await hopper.PostAsync(address + "/proprietaire", toTuring)).Status);
        await hopper.PostAsync($"{address}/professeurs/{cast.IdOf(Cast.Hopper)}/retrait");
    }

    // The one guard of every page of a class, seen through all of them.
    [Fact]
    public async Task A_colleague_does_what_the_owner_does_but_does_not_give_the_class_away()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using var turing = await cast.SignInAsync(Cast.Turing);
        string[] pages = ["", "/affiche", "/qr.svg", "/reglages", "/liste", "/travail", "/grille", "/notes", "/notes.csv", "/corrections", "/a-noter"];
        foreach (var nobody in new[] { "M. Turin", Cast.Zoe, "", "m. turing " + new string('x', 90) })
            Assert.Equal(HttpStatusCode.BadRequest, (await hopper.PostAsync(Mine + "/professeurs", ("pseudo", nobody))).Status);
        foreach (var page in pages) Assert.Equal(HttpStatusCode.NotFound, (await turing.AskAsync(Mine + page)).Status);

        for (var twice = 0; twice < 2; twice++) Assert.Equal(HttpStatusCode.Redirect, (await hopper.PostAsync(Mine + "/professeurs", ("pseudo", Cast.Turing))).Status);
        foreach (var page in pages) Assert.Equal((page, HttpStatusCode.OK), (page, (await turing.AskAsync(Mine + page)).Status));
        Assert.Equal(HttpStatusCode.OK, (await turing.AskAsync($"/classes/{cast.ClassOfHopper}/classement")).Status);
        Assert.Contains($"href=\"{Mine}\"", (await turing.AskAsync("/prof/classes")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await turing.PostAsync($"{Mine}/eleves/{cast.IdOf(Cast.Max)}/mot-de-passe")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await turing.PostAsync(Mine + "/proprietaire", ("professeur", $"{cast.IdOf(Cast.Turing)}"))).Status);

        Assert.Equal(HttpStatusCode.BadRequest, (await hopper.PostAsync(Mine + "/proprietaire", ("professeur", $"{cast.IdOf(Cast.Bursar)}"))).Status);
        await hopper.PostAsync(Mine + "/proprietaire", ("professeur", $"{cast.IdOf(Cast.Turing)}"));
        Assert.Equal(HttpStatusCode.NotFound, (await hopper.PostAsync(Mine + "/proprietaire", ("professeur", $"{cast.IdOf(Cast.Hopper)}"))).Status);
        await turing.PostAsync(Mine + "/proprietaire", ("professeur", $"{cast.IdOf(Cast.Hopper)}"));

        Assert.Equal("/prof/classes", (await turing.PostAsync($"{Mine}/professeurs/{cast.IdOf(Cast.Turing)}/retrait")).Header("Location"));
        foreach (var page in pages) Assert.Equal(HttpStatusCode.NotFound, (await turing.AskAsync(Mine + page)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await turing.AskAsync($"/classes/{cast.ClassOfHopper}/classement")).Status);
    }

    Task<string> CodeAsync() => cast.Host.WithDbAsync(db => db.Classes.Where(c => c.Id == cast.ClassOfHopper).Select(c => c.Code).SingleAsync());

    Task<Answer> SaveAsync(Person teacher, params (string Name, string Value)[] fields)
    {
        var form = new Dictionary<string, string> { ["Nom"] = "Terminale 1", ["Capacite"] = "40", ["Expiration"] = "" };
        foreach (var (name, value) in fields) form[name] = value;
        return teacher.PostAsync(Mine + "/reglages", [.. form.Select(field => (field.Key, field.Value))]);
    }

    [GeneratedRegex("""name="retrait" value="([^"]+)""")]
    private static partial Regex WordOf();
}
