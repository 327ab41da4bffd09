using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.People;
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
        var (first, others) = (await IdAsync(Cast.Zoe), await IdAsync(Cast.Oscar));
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
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
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

    [Fact]
    public async Task Answers_are_marked_one_exercise_after_the_other_and_the_last_one_leads_back_to_the_list()
    {
        // Another test of this class may have left answers behind: these are a portal of their own.
        await using var own = await new Cast().StartAsync();
        await own.Host.WriteChapterAsync(Sheet + Sheet.Replace("libre\n  titre: Libre", "suite\n  titre: Suite", StringComparison.Ordinal));
        var emile = await own.Host.EnrolAsync("Émile");
        await own.Host.WithDbAsync(async db =>
        {
            db.Add(new ClassMember(own.ClassOfHopper, emile, own.Now));
            await db.SaveChangesAsync();
        });
        foreach (var (pupil, exercise) in new[] { (own.IdOf(Cast.Zoe), "suite"), (own.IdOf(Cast.Zoe), "libre"), (own.IdOf(Cast.Max), "suite"), (emile, "libre"), (own.IdOf(Cast.Max), "libre") })
            await own.Host.SubmitAsync(pupil, exercise, Domain.Exercises.Answer.Of((FreeAnswer.Field, "réponse")));

        using var hopper = await own.SignInAsync(Cast.Hopper);
        var list = $"/prof/classes/{own.ClassOfHopper}/a-noter";
        var links = (await PageAsync(list)).QuerySelectorAll("tbody th a").ToList();
        Assert.Equal(["Émile Libre", "Max Libre", "Zoé Libre", "Max Suite", "Zoé Suite"], links.Select(link => link.TextContent));
        Assert.Equal("5 en attente", (await PageAsync($"/prof/classes/{own.ClassOfHopper}")).QuerySelector($".pills a[href='{list}'] .count")!.TextContent);
        // The first is left for later.
        foreach (var (at, next) in new[] { (1, 2), (2, 3), (3, 4), (4, -1) })
        {
            var saved = await MarkAsync(links[at].GetAttribute("href")!);
            Assert.Equal((next < 0 ? list : links[next].GetAttribute("href")) + "?fait=oui", saved);
            Assert.Contains("La note est enregistrée.", (await PageAsync(saved)).QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        }

        Assert.Contains("C’était la fin de la liste\u202f; 1 réponse attend encore.", (await PageAsync(list + "?fait=oui")).QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        // One that is marked again leads on from where it stood.
        Assert.Equal(list + "?fait=oui", await MarkAsync(links[2].GetAttribute("href")!));
        Assert.Equal(list + "?fait=oui", await MarkAsync(links[0].GetAttribute("href")!));
        var done = await PageAsync(list + "?fait=oui");
        Assert.Equal("La note est enregistrée.", done.QuerySelector("[role=status]")!.TextContent.Trim());
        Assert.Null(done.QuerySelector(".pills .count"));

        async Task<IDocument> PageAsync(string path) => new HtmlParser().ParseDocument((await hopper.AskAsync(path)).Text);

        async Task<string> MarkAsync(string path) => (await hopper.PostAsync(path, ("Note", "2"), ("Vu", SeenIn((await hopper.AskAsync(path)).Text)))).Header("Location")!;
    }

    static string SeenIn(string page) => new HtmlParser().ParseDocument(page).QuerySelector("[name=Vu]")!.GetAttribute("value")!;
}
