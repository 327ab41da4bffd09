using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Support;

namespace NsiPortal.Features.Teach.Classes;

public sealed partial class ImportTests : IAsyncLifetime
{
    Cast cast = null!;

    string List => $"/prof/classes/{cast.ClassOfHopper}/liste";

    public async ValueTask InitializeAsync() => cast = await new Cast().StartAsync();

    public ValueTask DisposeAsync() => cast.DisposeAsync();

    [Fact]
    public async Task A_list_is_shown_first_then_made_and_each_pupil_chooses_a_password()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var preview = await hopper.PostAsync(List, ("texte", "Pseudo;Mot de passe\nAda;\nzoé;\nOscar\nZoe.\nmerde\nx\nBob;phrase pour Grace\nada\nBob2;12345678\nUn pseudo beaucoup trop long pour tenir\n<b>"));
        Assert.Equal(HttpStatusCode.OK, preview.Status);
        var page = new HtmlParser().ParseDocument(preview.Text);
        Assert.Equal(["2 Ada sera créé", "3 zoé déjà dans la classe, rien à faire", "8 Bob sera créé"], Rows(page, "i-good").Select(cells => $"{cells[0]} {cells[1]} {cells[3]}"));
        Assert.Equal(
            [("4", "Ce pseudo est pris"), ("5", "Ce pseudo, ou un autre"), ("6", "Ce pseudo peut blesser"), ("7", "Pseudo trop court"), ("9", "Ce pseudo, ou un autre"), ("10", "Mot de passe trop court"), ("11", "Pseudo trop long"), ("12", "Caractère non admis")],
            Rows(page, "i-wrong").Select(cells => (cells[0], cells[2][..Math.Min(cells[2].Length, Start(cells[0]).Length)])));
        Assert.DoesNotContain("phrase pour Grace", preview.Text, StringComparison.Ordinal);
        Assert.Equal(6, await UsersAsync());

        var slips = await hopper.PostAsync(List + "/comptes", ("liste", SealOf().Match(preview.Text).Groups[1].Value));
        Assert.Equal((HttpStatusCode.OK, "no-store"), (slips.Status, slips.Header("Cache-Control")));
        var shown = new HtmlParser().ParseDocument(slips.Text).QuerySelectorAll(".slip").ToList();
        Assert.Equal(2, shown.Count);
        var password = shown[0].QuerySelector(".password")!.TextContent;
        Assert.Null(shown[1].QuerySelector(".password"));

        foreach (var (nickname, first) in new[] { ("Ada", password), ("Bob", "phrase pour Grace") })
        {
            using var pupil = cast.Visitor();
            Assert.Equal(HttpStatusCode.Redirect, (await pupil.SignInAsync(nickname, first)).Status);
            Assert.Equal("/mot-de-passe", (await pupil.AskAsync("/moi")).Header("Location"));
        }

        // Sent again, as after a line that broke, it makes nobody twice.
        var again = await hopper.PostAsync(List + "/comptes", ("liste", SealOf().Match(preview.Text).Groups[1].Value));
        Assert.DoesNotContain("class=\"slip\"", again.Text, StringComparison.Ordinal);
        Assert.Equal(8, await UsersAsync());

        string Start(string line) => line switch
        {
            "4" => "Ce pseudo est pris", "5" or "9" => "Ce pseudo, ou un autre", "6" => "Ce pseudo peut blesser", "7" => "Pseudo trop court", "10" => "Mot de passe trop court", "11" => "Pseudo trop long", _ => "Caractère non admis",
        };
    }

    [Fact]
    public async Task Five_thousand_lines_with_forty_wrong_ones_are_judged_and_fill_the_class()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await hopper.PostAsync($"/prof/classes/{cast.ClassOfHopper}/reglages", ("Nom", "Terminale 1"), ("Capacite", "500"));
        var lines = Enumerable.Range(1, 5000).Select(i => i % 125 == 0 ? "merde" + i : $"Élève {Word(i)}").ToList();
        Assert.Equal(40, lines.Count(line => line.StartsWith("merde", StringComparison.Ordinal)));
        var preview = await hopper.PostAsync(List, ("texte", string.Join("\r\n", lines)));
        var page = new HtmlParser().ParseDocument(preview.Text);
        Assert.Equal(40, Rows(page, "i-wrong").Count);
        // Zoé and Max are there already.
        Assert.Equal(498, Rows(page, "i-good").Count);
        Assert.Contains("4462 lignes", page.QuerySelector(".import-full")!.TextContent, StringComparison.Ordinal);

        var slips = await hopper.PostAsync(List + "/comptes", ("liste", SealOf().Match(preview.Text).Groups[1].Value));
        Assert.Equal(498, new HtmlParser().ParseDocument(slips.Text).QuerySelectorAll(".slip .password").Length);
        Assert.Equal(500, await cast.Host.WithDbAsync(db => db.ClassMembers.CountAsync(m => m.ClassId == cast.ClassOfHopper)));
    }

    [Theory]
    [InlineData("Ada\nmerde\nBob", "La classe est limitée à 3 élèves\u00a0: 1 ligne n’a plus de place (la ligne 3).", 1, "1")]
    [InlineData("Ada\nmerde\nx\nBob\nCyd", "La classe est limitée à 3 élèves\u00a0: 2 lignes n’ont plus de place, de la ligne 4 à la ligne 5.", 2, "2")]
    public async Task Lines_without_a_place_are_counted_apart_from_those_that_the_table_explains(string text, string said, int wrong, string beyond)
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await hopper.PostAsync($"/prof/classes/{cast.ClassOfHopper}/reglages", ("Nom", "Terminale 1"), ("Capacite", "3"));
        var page = new HtmlParser().ParseDocument((await hopper.PostAsync(List, ("texte", text))).Text);
        Assert.Contains(said, page.QuerySelector(".import-full")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(wrong, Rows(page, "i-wrong").Count);
        Assert.Equal(["1", "0", $"{wrong}", beyond], page.QuerySelectorAll(".figures dd").Select(figure => figure.TextContent));
    }

    [Fact]
    public async Task A_list_that_is_too_large_empty_forged_or_of_another_class_makes_nothing()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using var turing = await cast.SignInAsync(Cast.Turing);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await hopper.PostAsync(List, ("texte", new string('x', 1024 * 1024 + 1)))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await hopper.PostAsync(List, ("texte", string.Concat(Enumerable.Repeat("x\n", 10_001))))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await hopper.PostAsync(List, ("texte", "pseudo;mot de passe\n;\n"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await hopper.PostAsync(List + "/comptes", ("liste", "CfDJ8x"))).Status);
        var seal = SealOf().Match((await hopper.PostAsync(List, ("texte", "Ada"))).Text).Groups[1].Value;
        Assert.Equal(HttpStatusCode.BadRequest, (await turing.PostAsync($"/prof/classes/{cast.ClassOfTuring}/liste/comptes", ("liste", seal))).Status);
        Assert.Equal(6, await UsersAsync());
    }

    [Fact]
    public async Task A_quotation_mark_that_nobody_closes_costs_its_own_line_alone()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var page = new HtmlParser().ParseDocument((await hopper.PostAsync(List, ("texte", "Ada\n\"Bob;phrase pour Grace\nGrace"))).Text);
        Assert.Equal(["1 Ada", "3 Grace"], Rows(page, "i-good").Select(cells => $"{cells[0]} {cells[1]}"));
        var wrong = Assert.Single(Rows(page, "i-wrong"));
        Assert.Equal(("2", ""), (wrong[0], wrong[1]));
        Assert.StartsWith("Ligne illisible", wrong[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slips_that_were_lost_are_made_again_for_those_alone_who_never_came()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var seal = SealOf().Match((await hopper.PostAsync(List, ("texte", "Ada"))).Text).Groups[1].Value;
        await hopper.PostAsync(List + "/comptes", ("liste", seal));
        var slips = new HtmlParser().ParseDocument((await hopper.PostAsync($"/prof/classes/{cast.ClassOfHopper}/billets")).Text);
        using var ada = cast.Visitor();
        Assert.Equal(HttpStatusCode.Redirect, (await ada.SignInAsync("Ada", Assert.Single(slips.QuerySelectorAll(".slip .password")).TextContent)).Status);
        (await cast.SignInAsync(Cast.Zoe)).Dispose();
    }

    Task<int> UsersAsync() => cast.Host.WithDbAsync(db => db.Users.CountAsync());

    /// <summary>Letters alone, none of which looks like another.</summary>
    static string Word(int number) => string.Concat($"{number:0000}".Select(digit => "abcdefghjk"[digit - '0']));

    static List<List<string>> Rows(AngleSharp.Dom.IDocument page, string heading) =>
        [.. page.QuerySelectorAll($"[aria-labelledby={heading}] tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToList())];

    [GeneratedRegex("""name="liste" value="([^"]+)""")]
    private static partial Regex SealOf();
}
