using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.People;
using NsiPortal.Support;

namespace NsiPortal.Features.Admin.Dashboard;

public sealed class DashboardTests
{
    [Fact]
    public async Task It_counts_what_is_there_is_kept_and_is_made_anew_when_asked()
    {
        await using var cast = await new Cast().StartAsync();
        using var bursar = await cast.SignInAsync(Cast.Bursar);
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        await zoe.PostAsync(Cast.Exercise + "/reponse", ("r.choix", "b"));
        await zoe.PostAsync(Cast.Exercise + "/reponse", ("r.choix", "a"));

        var made = await bursar.AskAsync("/admin");
        Assert.InRange(made.SqlCount, 1, 8);
        // Pupils, teachers, administrators, closed accounts, active this week, solved.
        Assert.Equal(["3", "2", "1", "0", "1", "50 %"], FiguresOf(made));
        Assert.Contains("Cours sql", made.Text, StringComparison.Ordinal);
        Assert.Contains("2 essais", made.Text, StringComparison.Ordinal);

        await cast.ChangeAsync(Cast.Turing, user => user.Become(Role.Student));
        var kept = await bursar.AskAsync("/admin");
        Assert.Equal((true, 0), (kept.Hit, kept.SqlCount));
        Assert.Equal("/admin", (await bursar.PostAsync("/admin/actualisation")).Header("Location"));
        Assert.Equal(["4", "1", "1", "0", "1", "50 %"], FiguresOf(await bursar.AskAsync("/admin")));

        // Kept for who may see it, and no longer than they may.
        await cast.ChangeAsync(Cast.Hopper, user => user.Become(Role.Administrator));
        await cast.ChangeAsync(Cast.Bursar, user => user.Become(Role.Teacher));
        Assert.Equal(HttpStatusCode.Redirect, (await bursar.AskAsync("/admin")).Status);
        await bursar.SignInAsync(Cast.Bursar);
        Assert.Equal(HttpStatusCode.Forbidden, (await bursar.AskAsync("/admin")).Status);
    }

    static IEnumerable<string> FiguresOf(Answer page) => new HtmlParser().ParseDocument(page.Text).QuerySelectorAll(".figures dd").Select(figure => figure.TextContent.Trim().Replace('\u00A0', ' '));
}
