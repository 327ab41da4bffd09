using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.People;
using NsiPortal.Hosting;
using NsiPortal.Learning;
using NsiPortal.Support;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>The pupils of a class: who they are, and how one who has forgotten their password comes in again.</summary>
public sealed class RosterTests : IAsyncLifetime
{
    Cast cast = null!;

    string Mine => $"/prof/classes/{cast.ClassOfHopper}";

    public async ValueTask InitializeAsync() => cast = await new Cast().StartAsync();

    public ValueTask DisposeAsync() => cast.DisposeAsync();

    [Fact]
    public async Task Who_has_worked_has_not_never_come_and_the_slip_that_they_were_just_given_stays_good()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await cast.Host.SubmitAsync(cast.IdOf(Cast.Zoe), "partenaires", Domain.Exercises.Answer.Of((MultipleChoice.Field, "a")));
        var given = PasswordOn(await ResetAsync(hopper, Cast.Zoe));
        await ResetAsync(hopper, Cast.Max);
        var rows = await RowsAsync(hopper);
        Assert.Contains("(mot de passe provisoire)", Row(rows, Cast.Zoe), StringComparison.Ordinal);
        Assert.Contains("(jamais connecté)", Row(rows, Cast.Max), StringComparison.Ordinal);

        var slips = Parse(await hopper.PostAsync(Mine + "/billets")).QuerySelectorAll(".slip");
        Assert.Contains(Cast.Max, Assert.Single(slips).TextContent, StringComparison.Ordinal);
        using var zoe = cast.Visitor();
        Assert.Equal("/mot-de-passe", (await zoe.SignInAsync(Cast.Zoe, given)).Header("Location"));
        await zoe.PostAsync("/mot-de-passe", ("Actuel", given), ("Nouveau", Cast.Password + " noirs"), ("Confirmation", Cast.Password + " noirs"));
        Assert.DoesNotContain("(", Row(await RowsAsync(hopper), Cast.Zoe), StringComparison.Ordinal);

        static string Row(IEnumerable<string> rows, string nickname) => Assert.Single(rows, row => row.StartsWith(nickname, StringComparison.Ordinal));
    }

    // The pupil may be in the middle of an exercise.
    [Fact]
    public async Task A_new_password_is_given_after_a_question_that_says_what_it_ends()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        var asked = $"{Mine}/eleves/{cast.IdOf(Cast.Zoe)}/mot-de-passe";
        var roster = Parse(await hopper.AskAsync(Mine));
        Assert.NotNull(roster.QuerySelector($"a[href='{asked}']"));
        Assert.Null(roster.QuerySelector($"form[action='{asked}']"));

        var question = Parse(await hopper.AskAsync(asked));
        Assert.Contains(Cast.Zoe, question.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("déconnecté partout", question.QuerySelector(".lead")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("post", question.QuerySelector($"form[action='{asked}']")!.GetAttribute("method"));
        Assert.Equal(HttpStatusCode.OK, (await zoe.AskAsync("/moi")).Status);

        Assert.Equal(HttpStatusCode.OK, (await hopper.PostAsync(asked)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await zoe.AskAsync("/moi")).Status);
    }

    [Fact]
    public async Task A_slip_can_be_printed_by_a_button_and_its_address_goes_on_in_the_next_line_between_two_parts()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var page = Parse(await ResetAsync(hopper, Cast.Zoe));
        Assert.NotNull(page.QuerySelector("button[data-print]"));
        Assert.NotNull(page.QuerySelector("script[src^='/js/print']"));
        var address = page.QuerySelector(".slip dd")!;
        Assert.Equal(cast.Host.Services.GetRequiredService<PublicAddress>().Of("/connexion"), address.TextContent.Trim());
        Assert.Equal("http://<wbr>localhost:5080<wbr>/connexion<wbr>", address.InnerHtml.Trim());
    }

    // As a register is read aloud; a database would put accents after every letter, or as its server was set up.
    [Fact]
    public async Task Pupils_stand_in_the_order_of_a_French_register_in_the_list_and_on_the_slips()
    {
        await cast.Host.WithDbAsync(async db =>
        {
            var mine = await db.Classes.SingleAsync(c => c.Id == cast.ClassOfHopper);
            foreach (var nickname in new[] { "Lucas", "Léa", "Malo", "Maé", "élise", "Erwan" }) db.Add(new ClassMember(mine, new User(nickname, Role.Student, cast.Now) { MustChangePassword = true, SecurityStamp = nickname }, cast.Now));
            await db.SaveChangesAsync();
        });
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        Assert.Equal(["élise", "Erwan", "Léa", "Lucas", "Maé", "Malo", "Max", "Zoé"], (await RowsAsync(hopper)).Select(row => row.Split(' ')[0]));
        var slips = Parse(await hopper.PostAsync(Mine + "/billets")).QuerySelectorAll(".slip dd:nth-of-type(2)");
        Assert.Equal(["élise", "Erwan", "Léa", "Lucas", "Maé", "Malo"], slips.Select(slip => slip.TextContent));
    }

    static IDocument Parse(Support.Answer answer) => new HtmlParser().ParseDocument(answer.Text);

    static string PasswordOn(Support.Answer slip) => Parse(slip).QuerySelector(".slip .password")!.TextContent;

    Task<Support.Answer> ResetAsync(Person teacher, string nickname) => teacher.PostAsync($"{Mine}/eleves/{cast.IdOf(nickname)}/mot-de-passe");

    async Task<List<string>> RowsAsync(Person teacher) => [.. Parse(await teacher.AskAsync(Mine)).QuerySelectorAll("tbody th").Select(cell => cell.TextContent.Trim())];
}
