using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Learning;

public sealed class OverviewsTests : IAsyncLifetime
{
    Classroom room = null!;
    int ada;

    public async ValueTask InitializeAsync()
    {
        room = await Classroom.StartAsync();
        await room.Host.WriteChapterAsync("- id: encore\n  titre: Encore\n  type: reponse-courte\n  enonce: Et ?\n  reponses: [deux]\n", chapter: "suite");
        ada = await room.EnrolAsync("Ada");
    }

    public ValueTask DisposeAsync() => room.DisposeAsync();

    async Task<T> AskAsync<T>(Func<Overviews, Task<T>> ask)
    {
        await using var scope = room.Host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<Overviews>());
    }

    Task<Overview> OfAsync() => AskAsync(overviews => overviews.OfAsync(ada, CancellationToken.None));

    [Fact]
    public async Task Who_has_done_nothing_has_nothing_to_resume_or_to_review()
    {
        var overview = await OfAsync();
        Assert.Equal((0, 0, 0, null, 0, 0), (overview.Xp, overview.Solved, overview.Tries, overview.Resume, overview.Begun.Count, overview.ToReview.Count));
    }

    [Fact]
    public async Task One_resumes_the_last_chapter_that_is_not_complete()
    {
        await room.SolveAsync(ada, "mot");
        room.Time.Advance(TimeSpan.FromHours(1));
        await room.SubmitAsync(ada, "encore", Classroom.Text("non"));
        var overview = await OfAsync();
        Assert.Equal(["suite", "un"], overview.Begun.Select(state => state.Chapter.Slug));
        Assert.Equal(("suite", 1, 0), (overview.Resume!.Chapter.Slug, overview.Resume.Required, overview.Resume.Solved));

        await room.SolveAsync(ada, "encore");
        overview = await OfAsync();
        Assert.Equal(("un", 2, 1, false), (overview.Resume!.Chapter.Slug, overview.Resume.Required, overview.Resume.Solved, overview.Resume.IsComplete));
        Assert.Equal((20 + 10 + Xp.ForChapter, 2, 3, 1), (overview.Xp, overview.Solved, overview.Tries, overview.Streak.Days));

        await room.SolveAsync(ada, "trous");
        Assert.Equal(("un", true), ((await OfAsync()).Resume!.Chapter.Slug, (await OfAsync()).Resume!.IsComplete));
    }

    [Fact]
    public async Task What_failed_since_or_was_right_long_ago_is_to_be_reviewed()
    {
        await room.SolveAsync(ada, "mot");
        await room.SolveAsync(ada, "trous");
        await room.SubmitAsync(ada, "mot", Classroom.Text("trois"));
        Assert.Equal(["mot"], (await ToReviewAsync()));
        room.Time.Advance(ExerciseState.Fresh + TimeSpan.FromSeconds(1));
        Assert.Equal(["mot", "trous"], (await ToReviewAsync()));
        await room.CorrectAsync(Classroom.Word);
        Assert.Equal(["mot"], (await ToReviewAsync()));

        async Task<string[]> ToReviewAsync() => [.. (await OfAsync()).ToReview.Select(pair => pair.Exercise.Title == "Un mot" ? "mot" : "trous")];
    }

    [Fact]
    public async Task The_latest_answers_come_first_without_those_to_what_is_asked_no_more()
    {
        await room.SubmitAsync(ada, "trous", Classroom.InHoles("un", "trois"));
        room.Time.Advance(TimeSpan.FromMinutes(1));
        await room.SolveAsync(ada, "compte");
        room.Time.Advance(TimeSpan.FromMinutes(1));
        await room.SolveAsync(ada, "mot");
        await room.CorrectAsync(Classroom.Word + Classroom.Holes);

        var recent = await AskAsync(overviews => overviews.RecentAsync(ada, 5, null, CancellationToken.None));
        Assert.Equal(
            [("Un mot", $"{Classroom.Chapter}/exercices/1", Outcome.Right, 2.0, 2), ("Des trous", $"{Classroom.Chapter}/exercices/2", Outcome.Partial, 2.0, 4)],
            recent.Select(attempt => (attempt.Title, attempt.Address, attempt.Outcome, attempt.Score, attempt.Points)));
        Assert.Equal("Un mot", Assert.Single(await AskAsync(overviews => overviews.RecentAsync(ada, 1, null, CancellationToken.None))).Title);
    }

    [Fact]
    public async Task Each_content_of_the_programme_tells_how_far_its_chapters_are()
    {
        await room.SolveAsync(ada, "mot");
        await room.SolveAsync(ada, "encore");
        await room.SolveAsync(ada, "compte");
        Assert.Equal([("T-BDD-1", 3, 2)], (await OfAsync()).Contents);
    }
}
