using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Support;

namespace NsiPortal.Features.Teach.Courses;

/// <summary>What is deleted is gone at once for everybody, and comes back as it was.</summary>
public sealed class BinTests
{
    [Fact]
    public async Task A_chapter_deleted_while_a_pupil_is_in_it_comes_back_with_their_work()
    {
        await using var cast = await new Cast().StartAsync();
        using var zoe = await cast.SignInAsync(Cast.Zoe);
        using var hopper = await cast.SignInAsync(Cast.Hopper);
        await zoe.PostAsync(Cast.Exercise + "/reponse", ("r.choix", "a"));
        Assert.Equal(HttpStatusCode.OK, (await zoe.AskAsync(Cast.Chapter)).Status);

        var chapter = $"/prof/cours/{cast.CourseOfHopper}/chapitres/{cast.ChapterOfHopper}";
        // Whoever deletes knows what ends with it: before, at once, and in the bin.
        const string then = "les exercices et 1 réponse d’élève.";
        foreach (var path in new[] { chapter, $"/prof/cours/{cast.CourseOfHopper}" }) Assert.Contains(then, WebUtility.HtmlDecode((await hopper.AskAsync(path)).Text), StringComparison.Ordinal);
        var gone = await hopper.PostAsync($"{chapter}/suppression");
        var told = WebUtility.HtmlDecode((await hopper.AskAsync(gone.Header("Location")!)).Text);
        Assert.Contains("Annuler la suppression", told, StringComparison.Ordinal);
        Assert.Contains(then, told, StringComparison.Ordinal);
        Assert.Contains("1 réponse d’élève", WebUtility.HtmlDecode((await hopper.AskAsync("/prof/corbeille")).Text), StringComparison.Ordinal);
        foreach (var path in new[] { Cast.Chapter, Cast.Exercise, Cast.Exercise + "/reponse" }) Assert.Equal((path, HttpStatusCode.NotFound), (path, (await zoe.AskAsync(path)).Status));
        Assert.Equal(HttpStatusCode.NotFound, (await hopper.AskAsync(chapter)).Status);
        Assert.DoesNotContain("Chapitre jointures", (await zoe.AskAsync("/cours/sql")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await zoe.PostAsync(Cast.Exercise + "/reponse", ("r.choix", "a"))).Status);

        await hopper.PostAsync($"/prof/corbeille/chapitres/{cast.ChapterOfHopper}");
        Assert.Equal(HttpStatusCode.OK, (await zoe.AskAsync(Cast.Chapter)).Status);
        Assert.Contains("Sans partenaire", (await zoe.AskAsync("/moi/tentatives")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_its_time_in_the_bin_it_is_gone_for_good_and_not_before()
    {
        await using var cast = await new Cast
        {
            Adjust = builder =>
            {
                builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(BinSweep)));
                builder.Services.AddSingleton<BinSweep>();
            },
        }.StartAsync();
        var now = cast.Now;
        await cast.Host.WithDbAsync(async db =>
        {
            var sql = await db.Courses.Include(c => c.Chapters).SingleAsync(c => c.Id == cast.CourseOfHopper);
            var (young, old) = (sql.AddChapter("jeune", "Jeune"), sql.AddChapter("vieux", "Vieux"));
            young.Delete(now.AddDays(1 - Bin.Days));
            old.Delete(now.AddDays(-Bin.Days).AddMinutes(-1));
            var course = new CourseBuilder("ancien").WithChapter("seul").Build();
            course.Delete(now.AddDays(-Bin.Days - 1));
            db.Add(course);
            await db.SaveChangesAsync();
        });

        // Twice at once: whoever comes second finds nothing.
        var sweep = cast.Host.Services.GetRequiredService<BinSweep>();
        await Task.WhenAll(sweep.SweepAsync(TestContext.Current.CancellationToken), sweep.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["jeune", "jointures"], await cast.Host.WithDbAsync(db => db.Chapters.Select(c => c.Slug).Order().ToListAsync()));
        Assert.Equal(["sql"], await cast.Host.WithDbAsync(db => db.Courses.Select(c => c.Slug).ToListAsync()));
    }
}
