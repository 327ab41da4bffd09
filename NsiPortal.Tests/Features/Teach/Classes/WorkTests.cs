using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Support;

namespace NsiPortal.Features.Teach.Classes;

public sealed class WorkTests(Cast cast) : IClassFixture<Cast>
{
    string Work => $"/prof/classes/{cast.ClassOfHopper}/travail";

    [Fact]
    public async Task What_is_due_is_on_the_page_of_the_class_at_once_and_on_nobody_elses()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        using var oscar = await cast.SignInAsync(Cast.Oscar);
        var chapter = await ChapterAsync();
        Assert.Null(await MineAsync(zoe));

        await hopper.PostAsync(Work + "/echeances", ("Chapitre", chapter), ("Debut", "2090-01-07T08:00"), ("Fin", "2090-01-14T18:00"));
        Assert.Contains("pour le 14/01/2090 à 18 h 00", await MineAsync(zoe), StringComparison.Ordinal);
        Assert.Contains("à partir du 07/01/2090", await MineAsync(zoe), StringComparison.Ordinal);
        Assert.Null(await MineAsync(oscar));
        // It has passed: late.
        await PassAsync();
        Assert.Contains("en retard (pour le 14/01/2020", await MineAsync(zoe), StringComparison.Ordinal);
        Assert.Contains("2020-01-14T18:00", (await hopper.AskAsync($"{Work}?chapitre={chapter}")).Text, StringComparison.Ordinal);

        // An archived class asks for nothing.
        await hopper.PostAsync($"/prof/classes/{cast.ClassOfHopper}/archive");
        Assert.Null(await MineAsync(zoe));
        await hopper.PostAsync($"/prof/classes/{cast.ClassOfHopper}/archive", ("reprendre", "true"));
        await hopper.PostAsync($"{Work}/echeances/{chapter}/retrait");
        Assert.Null(await MineAsync(zoe));
    }

    [Fact]
    public async Task A_course_that_the_class_follows_is_at_hand_and_can_be_left()
    {
        using var turing = await cast.SignInAsync(Cast.Turing);
        using var oscar = await cast.SignInAsync(Cast.Oscar);
        var course = await cast.Host.WithDbAsync(db => db.Courses.Select(c => c.Id).SingleAsync());
        var work = $"/prof/classes/{cast.ClassOfTuring}/travail/cours";
        await turing.PostAsync(work, ("cours", $"{course}"), ("cours", $"{course}"), ("cours", "999"));
        Assert.Contains("Cours sql", await MineAsync(oscar), StringComparison.Ordinal);
        await turing.PostAsync(work);
        Assert.Null(await MineAsync(oscar));
    }

    [Theory]
    [InlineData("2090-01-14T18:00", "2090-01-14T18:00")]
    [InlineData("2090-01-15T08:00", "2090-01-14T18:00")]
    [InlineData("", "")]
    [InlineData("lundi", "2090-01-14T18:00")]
    [InlineData("", "2090-02-30T18:00")]
    [InlineData("", "2020-01-14T18:00")]
    [InlineData("2020-01-07T08:00", "2020-01-14T18:00")]
    public async Task A_date_that_cannot_be_is_refused_and_stays_as_it_was_typed(string from, string due)
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var answer = await hopper.PostAsync(Work + "/echeances", ("Chapitre", await ChapterAsync()), ("Debut", from), ("Fin", due));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var page = new HtmlParser().ParseDocument(answer.Text);
        Assert.Equal((from, due), (page.QuerySelector("#f-debut")!.GetAttribute("value") ?? "", page.QuerySelector("#f-fin")!.GetAttribute("value") ?? ""));
        Assert.NotEmpty(page.QuerySelectorAll(".fault"));
    }

    // On the last Sunday of March, half past two is not on any clock.
    [Fact]
    public async Task An_hour_that_the_clocks_skip_is_refused_as_for_a_publication()
    {
        using var turing = await cast.SignInAsync(Cast.Turing);
        var work = $"/prof/classes/{cast.ClassOfTuring}/travail/echeances";
        var answer = await turing.PostAsync(work, ("Chapitre", await ChapterAsync()), ("Debut", "2031-03-30T01:30"), ("Fin", "2031-03-30T02:30"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.False(await cast.Host.WithDbAsync(db => db.DueDates.AnyAsync(d => d.ClassId == cast.ClassOfTuring)));
    }

    // A month that was mistyped: every pupil would be late at once.
    [Fact]
    public async Task Work_is_due_in_the_future_but_one_whose_date_has_passed_can_still_be_put_right()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var chapter = await ChapterAsync();
        var refused = new HtmlParser().ParseDocument((await SetAsync(("Debut", ""), ("Fin", "2020-01-14T18:00"))).Text);
        Assert.Contains("Cette date est déjà passée", refused.QuerySelector("#f-fin-fault, .fault")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(refused.QuerySelector($"option[value='{chapter}'][selected]"));

        var saved = await SetAsync(("Fin", "2090-01-14T18:00"));
        Assert.Contains("La date du travail", new HtmlParser().ParseDocument((await hopper.AskAsync(saved.Header("Location")!)).Text).QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(new HtmlParser().ParseDocument((await hopper.AskAsync(Work)).Text).QuerySelector("[role=status]"));

        await PassAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await SetAsync(("Fin", "2020-01-13T18:00"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await SetAsync(("Debut", "2020-01-06T08:00"), ("Fin", "2020-01-14T18:00"))).Status);
        Assert.NotNull(await cast.Host.WithDbAsync(db => db.DueDates.Where(d => d.ClassId == cast.ClassOfHopper).Select(d => d.StartsAt).SingleAsync()));
        await hopper.PostAsync($"{Work}/echeances/{chapter}/retrait");

        Task<Answer> SetAsync(params (string, string)[] fields) => hopper.PostAsync(Work + "/echeances", [("Chapitre", chapter), .. fields]);
    }

    /// <summary>As time does: the class's work is due on 14 January 2020.</summary>
    Task PassAsync() => cast.Host.WithDbAsync(async db =>
    {
        (await db.DueDates.SingleAsync(d => d.ClassId == cast.ClassOfHopper)).Set(null, new DateTimeOffset(2020, 1, 14, 17, 0, 0, TimeSpan.Zero));
        await db.SaveChangesAsync();
    });

    static async Task<string?> MineAsync(Person pupil) => new HtmlParser().ParseDocument((await pupil.AskAsync("/moi")).Text).QuerySelector("[aria-labelledby=m-work]")?.TextContent;

    async Task<string> ChapterAsync() => $"{await cast.Host.WithDbAsync(db => db.Chapters.Select(c => c.Id).SingleAsync())}";
}
