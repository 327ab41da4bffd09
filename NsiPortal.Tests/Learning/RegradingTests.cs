using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Learning;

public sealed class RegradingTests : IAsyncLifetime
{
    static readonly string Corrected = Classroom.Sheet.Replace("[deux]\n  retours", "[deux, trois]\n  retours", StringComparison.Ordinal);

    Classroom room = null!;
    int ada;

    public async ValueTask InitializeAsync()
    {
        room = await Classroom.StartAsync();
        ada = await room.EnrolAsync("Ada");
    }

    public ValueTask DisposeAsync() => room.DisposeAsync();

    [Fact]
    public async Task The_last_answer_is_graded_again_and_the_former_verdict_stays()
    {
        await room.SubmitAsync(ada, "mot", Classroom.Text("quatre"));
        await room.SubmitAsync(ada, "mot", Classroom.Text("trois"));
        room.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, await room.CorrectAsync(Corrected));

        var attempts = await room.AttemptsAsync(ada, "mot");
        Assert.Equal(
            [(1, 1, Outcome.Wrong, false), (2, 1, Outcome.Wrong, false), (-2, 2, Outcome.Right, true)],
            attempts.Select(attempt => (attempt.Number, attempt.Version, attempt.Outcome, attempt.Regraded)));
        Assert.Equal(attempts[1].Answer, attempts[2].Answer);
        var progress = await room.ProgressAsync(ada, "mot");
        Assert.Equal((2, 2, true, true), (progress!.Tries, progress.TriesToSolve, progress.IsSolved, progress.RegradeUnseen));
        Assert.Equal(20, await room.XpAsync(ada));
        // It is no try, and no day of work.
        Assert.Equal([(2, 0), (0, 1)], await room.Host.WithDbAsync(async db => (await db.DailyActivity.OrderBy(a => a.Day).ToListAsync()).Select(a => (a.Tries, a.Solved))));

        await room.SubmitAsync(ada, "mot", Classroom.Text("quatre"));
        Assert.Equal(3, (await room.AttemptsAsync(ada, "mot"))[^1].Number);
        Assert.Equal(20, await room.XpAsync(ada));
    }

    [Fact]
    public async Task An_answer_that_has_waited_is_graded_by_the_version_that_is_asked_now()
    {
        var former = await room.Host.WithDbAsync(db => db.Exercises.AsNoTracking().SingleAsync(e => e.Key == "mot"));
        await room.CorrectAsync(Corrected);
        await using var scope = room.Host.Services.CreateAsyncScope();
        var submission = await scope.ServiceProvider.GetRequiredService<Submissions>().SubmitAsync(ada, former, Guid.NewGuid(), Classroom.Text("trois"), TestContext.Current.CancellationToken);
        Assert.Equal((2, Outcome.Right), (submission.Attempt!.Version, submission.Attempt.Outcome));
    }

    [Fact]
    public async Task Whoever_completes_the_chapter_by_it_gets_its_experience_once()
    {
        var bob = await room.EnrolAsync("Bob");
        await room.SolveAsync(ada, "trous");
        foreach (var pupil in new[] { ada, bob }) await room.SubmitAsync(pupil, "mot", Classroom.Text("trois"));
        Assert.Equal(2, await room.CorrectAsync(Corrected));
        Assert.Equal((60 + Xp.ForChapter, 20), (await room.XpAsync(ada), await room.XpAsync(bob)));

        await room.SolveAsync(ada, "compte");
        await room.SolveAsync(bob, "trous");
        Assert.Equal((70 + Xp.ForChapter, 60 + Xp.ForChapter), (await room.XpAsync(ada), await room.XpAsync(bob)));
    }

    [Fact]
    public async Task Nothing_is_taken_back_from_who_had_solved_it()
    {
        await room.SolveAsync(ada, "mot");
        Assert.Equal(0, await room.CorrectAsync(Classroom.Sheet.Replace("[deux]\n  retours", "[neuf]\n  retours", StringComparison.Ordinal)));
        Assert.Equal((1, 20), ((await room.AttemptsAsync(ada, "mot")).Count, await room.XpAsync(ada)));
        Assert.True((await room.ProgressAsync(ada, "mot"))!.IsSolved);
    }

    [Fact]
    public async Task Free_answers_are_the_teachers()
    {
        await room.SubmitAsync(ada, "libre", Classroom.Text("Il était une fois."));
        Assert.Equal(0, await room.CorrectAsync(Classroom.Sheet.Replace("Raconte.", "Raconte bien.", StringComparison.Ordinal)));
        Assert.False((await room.ProgressAsync(ada, "libre"))!.RegradeUnseen);
    }

    [Fact]
    public async Task An_answer_that_chose_what_is_there_no_more_is_wrong()
    {
        await room.SubmitAsync(ada, "trous", Classroom.InHoles("un", "trois"));
        await room.CorrectAsync(Classroom.Sheet.Replace("\"[[1]] puis [[2]]\"\n  trous: [{reponses: [un]}, {reponses: [deux]}]", "\"[[1]]\"\n  trous: [{reponses: [un]}]", StringComparison.Ordinal));
        Assert.Equal((2, Outcome.Wrong, 0.0), ((await room.AttemptsAsync(ada, "trous"))[^1].Version, (await room.AttemptsAsync(ada, "trous"))[^1].Outcome, (await room.AttemptsAsync(ada, "trous"))[^1].Score));
        Assert.Equal(2, (await room.ProgressAsync(ada, "trous"))!.BestScore);
    }

    [Fact]
    public async Task Grading_again_twice_changes_nothing_more()
    {
        await room.SubmitAsync(ada, "mot", Classroom.Text("quatre"));
        Assert.Equal((1, 0), (await room.CorrectAsync(Corrected), await room.CorrectAsync(Corrected)));
        Assert.Equal(2, (await room.AttemptsAsync(ada, "mot")).Count);
    }

    [Fact]
    public async Task A_pupil_is_told_once_in_the_answer_form_and_what_was_being_typed_stays()
    {
        using var pupil = await new Pupil(room.Host).SignInAsync(ada);
        await room.SubmitAsync(ada, "mot", Classroom.Text("trois"));
        await pupil.GetAsync($"{Classroom.Chapter}/exercices/1/reponse");
        await pupil.PostAsync($"{Classroom.Chapter}/exercices/1/brouillon", ("r.texte", "cinq"));
        await room.CorrectAsync(Corrected);

        var (first, second) = (await pupil.PageAsync($"{Classroom.Chapter}/exercices/1/reponse"), await pupil.PageAsync($"{Classroom.Chapter}/exercices/1/reponse"));

        Assert.NotNull(first.QuerySelector(".verdict-right .regraded"));
        Assert.Null(second.QuerySelector(".regraded"));
        foreach (var page in new[] { first, second }) Assert.Equal("cinq", page.QuerySelector("[name='r.texte']")!.GetAttribute("value"));
    }
}
