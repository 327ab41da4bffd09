using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Support;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>What is right is told to nobody before their teacher, or their own tries, say so.</summary>
public sealed class CorrectionsTests(Cast cast) : IClassFixture<Cast>
{
    const string Secret = "Il n’a pas de partenaire";

    string Corrections => $"/prof/classes/{cast.ClassOfHopper}/corrections";

    [Fact]
    public async Task A_correction_is_shown_to_the_class_alone_from_its_date_and_taken_back()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        using var oscar = await cast.SignInAsync(Cast.Oscar);
        using var visitor = cast.Visitor();
        var (chapter, exercise) = await cast.Host.WithDbAsync(async db => ($"{await db.Chapters.Select(c => c.Id).SingleAsync()}", $"{await db.Exercises.Select(e => e.Id).SingleAsync()}"));
        Assert.False(await SeesAsync(zoe));

        await hopper.PostAsync(Corrections, ("chapitre", chapter), ("exercice", exercise), ("date", "2090-01-01T08:00"));
        Assert.False(await SeesAsync(zoe));
        Assert.Contains("montrée à partir du 01/01/2090", WebUtility.HtmlDecode((await hopper.AskAsync(Corrections)).Text), StringComparison.Ordinal);

        await hopper.PostAsync(Corrections, ("chapitre", chapter), ("date", ""));
        Assert.True(await SeesAsync(zoe));
        foreach (var other in new[] { oscar, visitor }) Assert.False(await SeesAsync(other));
        // Neither the shared page nor anything that is kept for a reader tells it.
        foreach (var path in new[] { Cast.Exercise, Cast.Chapter, "/cours/sql", "/", "/moi", "/moi/tentatives", "/moi/progression/sql/jointures" })
            Assert.DoesNotContain(Secret, WebUtility.HtmlDecode((await zoe.AskAsync(path)).Text), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await hopper.PostAsync(Corrections + "/retrait", ("chapitre", chapter), ("exercice", "tous"))).Status);
        Assert.True(await SeesAsync(zoe));
        await hopper.PostAsync(Corrections + "/retrait", ("chapitre", chapter), ("exercice", exercise));
        Assert.False(await SeesAsync(zoe));
    }

    [Fact]
    public async Task A_date_that_is_none_stays_as_it_was_typed_and_shows_nothing()
    {
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        var chapter = await cast.Host.WithDbAsync(db => db.Chapters.Select(c => c.Id).SingleAsync());
        var answer = await hopper.PostAsync(Corrections, ("chapitre", $"{chapter}"), ("date", "demain"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("demain", new HtmlParser().ParseDocument(answer.Text).QuerySelector("#f-date")!.GetAttribute("value"));
    }

    static async Task<bool> SeesAsync(Person reader) => WebUtility.HtmlDecode((await reader.AskAsync(Cast.Exercise + "/reponse")).Text).Contains(Secret, StringComparison.Ordinal);
}
