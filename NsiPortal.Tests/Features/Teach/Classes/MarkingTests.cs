using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Exercises;
using NsiPortal.Learning;
using NsiPortal.Support;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>Free answers, from the pupil to the teacher and back.</summary>
public sealed class MarkingTests(Cast cast) : IClassFixture<Cast>
{
    // Required, so that it counts in the marks of the course.
    const string Sheet = "- id: libre\n  titre: Libre\n  type: reponse-libre\n  points: 4\n  enonce: Raconte.\n";

    string ToMark => $"/prof/classes/{cast.ClassOfHopper}/a-noter";

    [Fact]
    public async Task A_mark_goes_to_the_pupil_the_grid_and_the_marks_and_a_second_one_is_no_accident()
    {
        await cast.Host.WriteChapterAsync(Sheet);
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using var turing = await cast.SignInAsync(Cast.Turing);
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        foreach (var pupil in new[] { Cast.Zoe, Cast.Max, Cast.Oscar }) await cast.Host.SubmitAsync(cast.IdOf(pupil), "libre", Domain.Exercises.Answer.Of((FreeAnswer.Field, $"<script>moi, {pupil}</script>")));

        var list = await hopper.AskAsync(ToMark);
        Assert.Contains(Cast.Zoe, WebUtility.HtmlDecode(list.Text), StringComparison.Ordinal);
        Assert.DoesNotContain(Cast.Oscar, list.Text, StringComparison.Ordinal);
        var (first, second, others) = await cast.Host.WithDbAsync(async db => (await IdAsync(Cast.Zoe), await IdAsync(Cast.Max), await IdAsync(Cast.Oscar)));
        Assert.Equal(HttpStatusCode.NotFound, (await hopper.AskAsync($"{ToMark}/{others}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await turing.AskAsync($"/prof/classes/{cast.ClassOfTuring}/a-noter/{first}")).Status);

        var form = await hopper.AskAsync($"{ToMark}/{first}");
        Assert.DoesNotContain("<script>moi", form.Text, StringComparison.Ordinal);
        var seen = SeenIn(form.Text);
        foreach (var wrong in new[] { "", "5", "-1", "trois", "NaN", "1e9" })
        {
            var refused = await hopper.PostAsync($"{ToMark}/{first}", ("Note", wrong), ("Commentaire", "À garder"), ("Vu", seen));
            Assert.Equal((HttpStatusCode.BadRequest, true), (refused.Status, WebUtility.HtmlDecode(refused.Text).Contains("À garder", StringComparison.Ordinal)));
        }

        var saved = await hopper.PostAsync($"{ToMark}/{first}", ("Note", "2,5"), ("Commentaire", "Presque.\r\nRelisez."), ("Vu", seen));
        Assert.EndsWith($"/a-noter/{second}", saved.Header("Location")!, StringComparison.Ordinal);
        var told = WebUtility.HtmlDecode((await zoe.AskAsync("/cours/essai/un/exercices/1/reponse")).Text);
        Assert.Contains("Presque.", told, StringComparison.Ordinal);
        Assert.Contains("2,5 sur 4", told, StringComparison.Ordinal);

        // A colleague who still has the former page before their eyes overwrites knowingly, or not at all.
        var late = await hopper.PostAsync($"{ToMark}/{first}", ("Note", "4"), ("Commentaire", "Parfait"), ("Vu", seen));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal(2.5, await BestAsync());
        await hopper.PostAsync($"{ToMark}/{first}", ("Note", "4"), ("Commentaire", "Parfait"), ("Vu", SeenIn(late.Text)));
        Assert.Equal(4, await BestAsync());
        Assert.True(await cast.Host.XpAsync(cast.IdOf(Cast.Zoe)) > 0);
        // Lowered, the mark is lower; what was earned stays.
        var xp = await cast.Host.XpAsync(cast.IdOf(Cast.Zoe));
        await hopper.PostAsync($"{ToMark}/{first}", ("Note", "3"), ("Vu", SeenIn((await hopper.AskAsync($"{ToMark}/{first}")).Text)));
        Assert.Equal((3.0, xp), (await BestAsync(), await cast.Host.XpAsync(cast.IdOf(Cast.Zoe))));

        var course = await cast.Host.WithDbAsync(db => db.Courses.Where(c => c.Slug == "essai").Select(c => c.Id).SingleAsync());
        var csv = await hopper.AskAsync($"/prof/classes/{cast.ClassOfHopper}/notes.csv?cours={course}");
        Assert.Equal("text/csv; charset=utf-8", csv.Header("Content-Type"));
        Assert.Equal("Pseudo;Chapitre;Ensemble\r\nMax;0;0\r\nZoé;15;15\r\n", csv.Text.TrimStart('\uFEFF'));

        Task<long> IdAsync(string pupil) => cast.Host.WithDbAsync(db => db.Attempts.Where(a => a.UserId == cast.IdOf(pupil) && a.Exercise.Key == "libre").Select(a => a.Id).SingleAsync());

        Task<double> BestAsync() => cast.Host.WithDbAsync(db => db.ExerciseProgress.Where(p => p.UserId == cast.IdOf(Cast.Zoe) && p.Exercise.Key == "libre").Select(p => p.BestScore).SingleAsync());
    }

    static string SeenIn(string page) => new HtmlParser().ParseDocument(page).QuerySelector("[name=Vu]")!.GetAttribute("value")!;
}
