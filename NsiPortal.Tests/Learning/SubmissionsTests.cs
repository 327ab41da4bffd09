using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Support;
using Answer = NsiPortal.Domain.Exercises.Answer;

namespace NsiPortal.Learning;

public sealed class SubmissionsTests : IAsyncLifetime
{
    Classroom room = null!;
    int ada;

    public async ValueTask InitializeAsync()
    {
        room = await Classroom.StartAsync();
        ada = await room.EnrolAsync("Ada");
    }

    public ValueTask DisposeAsync() => room.DisposeAsync();

    [Theory]
    [InlineData("un", "deux", Outcome.Right, 4)]
    [InlineData("un", "trois", Outcome.Partial, 2)]
    [InlineData("six", "sept", Outcome.Wrong, 0)]
    public async Task An_answer_is_kept_with_what_was_thought_of_it(string first, string second, Outcome outcome, double score)
    {
        var submission = await room.SubmitAsync(ada, "trous", Classroom.InHoles(first, second));

        var kept = Assert.Single(await room.AttemptsAsync(ada, "trous"));
        Assert.Equal((1, 1, outcome, score, 4, Classroom.Noon, false), (kept.Number, kept.Version, kept.Outcome, kept.Score, kept.Points, kept.At, kept.Regraded));
        Assert.Equal([("trou-1", first == "un"), ("trou-2", second == "deux")], kept.Feedback.Select(said => (said.Field, said.Right == true)));
        Assert.Equal(second, Answer.FromJson(kept.Answer).Text("trou-2"));
        Assert.Equal((null, outcome, outcome == Outcome.Right ? 40 : 0), (submission.Refusal, submission.Attempt!.Outcome, submission.Xp));
        var progress = await room.ProgressAsync(ada, "trous");
        Assert.Equal((1, outcome == Outcome.Right, score), (progress!.Tries, progress.IsSolved, progress.BestScore));
        Assert.Equal(submission.Xp, await room.XpAsync(ada));
    }

    [Fact]
    public async Task What_was_foreseen_as_wrong_gets_its_word()
    {
        await room.SubmitAsync(ada, "mot", Classroom.Text("trois"));
        Assert.Contains("Un de trop.", Assert.Single((await room.AttemptsAsync(ada, "mot"))[0].Feedback).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exercise_brings_its_experience_once_however_often_it_is_solved()
    {
        int[] gained = [(await room.SolveAsync(ada, "mot")).Xp, (await room.SolveAsync(ada, "mot")).Xp, (await room.SubmitAsync(ada, "mot", Classroom.Text("trois"))).Xp, (await room.SolveAsync(ada, "mot")).Xp];
        Assert.Equal([20, 0, 0, 0], gained);
        Assert.Equal(20, await room.XpAsync(ada));
        Assert.Equal([1, 2, 3, 4], (await room.AttemptsAsync(ada, "mot")).Select(attempt => attempt.Number));
    }

    [Fact]
    public async Task A_chapter_brings_its_experience_once_even_when_it_gets_another_exercise_later()
    {
        await room.SolveAsync(ada, "mot");
        Assert.Equal(40 + Xp.ForChapter, (await room.SolveAsync(ada, "trous")).Xp);

        await room.CorrectAsync(Classroom.Sheet + "- id: autre\n  titre: Autre\n  type: reponse-courte\n  enonce: Et ?\n  reponses: [deux]\n");
        Assert.Equal(10, (await room.SolveAsync(ada, "autre")).Xp);
        Assert.Equal(70 + Xp.ForChapter, await room.XpAsync(ada));
    }

    [Fact]
    public async Task A_chapter_whose_last_exercise_is_no_longer_asked_is_rewarded_with_the_next_that_is_solved()
    {
        await room.SolveAsync(ada, "mot");
        await room.CorrectAsync(Classroom.Word + Classroom.Limited);
        Assert.Equal(10 + Xp.ForChapter, (await room.SolveAsync(ada, "compte")).Xp);
    }

    [Fact]
    public async Task The_same_submission_sent_again_counts_once_and_is_told_the_same()
    {
        var key = Guid.NewGuid();
        var first = await room.SubmitAsync(ada, "trous", Classroom.InHoles("un", "trois"), key);
        var again = await room.SubmitAsync(ada, "trous", Classroom.InHoles("un", "trois"), key);

        Assert.Equal((first.Attempt!.Id, Outcome.Partial, 1, 0), (again.Attempt!.Id, again.Attempt.Outcome, again.Progress!.Tries, again.Xp));
        Assert.Single(await room.AttemptsAsync(ada, "trous"));
    }

    [Fact]
    public async Task The_last_try_sent_again_is_told_the_same_and_not_that_none_is_left()
    {
        var key = Guid.NewGuid();
        await room.SubmitAsync(ada, "compte", Classroom.Text("non"));
        await room.SubmitAsync(ada, "compte", Classroom.Text("oui"), key);
        Assert.Equal(Outcome.Right, (await room.SubmitAsync(ada, "compte", Classroom.Text("oui"), key)).Attempt?.Outcome);
    }

    [Fact]
    public async Task A_key_that_named_an_answer_to_another_exercise_loses_none()
    {
        var key = Guid.NewGuid();
        await room.SubmitAsync(ada, "mot", Classroom.Text("deux"), key);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(Outcome.Partial, (await room.SubmitAsync(ada, "trous", Classroom.InHoles("un", "trois"), key)).Attempt?.Outcome);
            Assert.Single(await room.AttemptsAsync(ada, "trous"));
        }

        await room.SubmitAsync(ada, "compte", Classroom.Text("non"));
        for (var i = 0; i < 2; i++) Assert.Equal(Outcome.Wrong, (await room.SubmitAsync(ada, "compte", Classroom.Text("non"), key)).Attempt?.Outcome);
        Assert.Equal(Refusal.NoTryLeft, (await room.SubmitAsync(ada, "compte", Classroom.Text("non"))).Refusal);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused_and_nothing_is_written()
    {
        await room.SubmitAsync(ada, "compte", Classroom.Text("non"));
        await room.SubmitAsync(ada, "compte", Classroom.Text("non"));
        var before = await RowsAsync();

        Assert.Equal(Refusal.Empty, (await room.SubmitAsync(ada, "mot", Answer.Of())).Refusal);
        Assert.Equal(Refusal.Empty, (await room.SubmitAsync(ada, "mot", Classroom.Text(" \n"))).Refusal);
        Assert.Equal(Refusal.TooLarge, (await room.SubmitAsync(ada, "libre", Classroom.Text(new string('a', Answer.MaximumBytes)))).Refusal);
        Assert.Equal(Refusal.Unusable, (await room.SubmitAsync(ada, "mot", Answer.Of(("autre", "deux")))).Refusal);
        Assert.Equal(Refusal.NoTryLeft, (await room.SubmitAsync(ada, "compte", Classroom.Text("oui"))).Refusal);

        Assert.Equal(before, await RowsAsync());

        Task<(int, int, int, int)> RowsAsync() => room.Host.WithDbAsync(async db =>
            (await db.Attempts.CountAsync(), await db.ExerciseProgress.SumAsync(p => p.Revision), await db.XpEvents.CountAsync(), await db.DailyActivity.SumAsync(a => a.Tries)));
    }

    [Fact]
    public async Task What_is_solved_within_its_tries_takes_no_more_of_them()
    {
        await room.SolveAsync(ada, "compte");
        Assert.Equal(Refusal.NoTryLeft, (await room.SubmitAsync(ada, "compte", Classroom.Text("non"))).Refusal);
    }

    [Fact]
    public async Task A_submission_forgets_its_draft_and_no_other()
    {
        await room.Host.WithDbAsync(async db =>
        {
            foreach (var id in await db.Exercises.Select(e => e.Id).ToListAsync()) db.AnswerDrafts.Add(new AnswerDraft(ada, id));
            await db.SaveChangesAsync();
        });
        await room.SubmitAsync(ada, "mot", Classroom.Text("trois"));
        var drafts = await room.Host.WithDbAsync(db => db.AnswerDrafts.Join(db.Exercises, d => d.ExerciseId, e => e.Id, (d, e) => e.Key).ToListAsync());
        Assert.Equal(["compte", "libre", "trous"], drafts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_badge_is_told_when_it_is_earned_and_kept_once()
    {
        Assert.DoesNotContain((await room.SubmitAsync(ada, "mot", Classroom.Text("trois"))).Badges, badge => badge.Code == "premier-pas");
        Assert.Contains((await room.SolveAsync(ada, "mot")).Badges, badge => badge.Code == "premier-pas");
        Assert.DoesNotContain((await room.SolveAsync(ada, "trous")).Badges, badge => badge.Code == "premier-pas");

        var kept = await BadgesAsync();
        Assert.Contains("premier-pas", kept);
        await room.Host.Services.GetRequiredService<BadgeAwards>().RunAsync(dryRun: false, CancellationToken.None);
        Assert.Equal(kept, await BadgesAsync());

        Task<List<string>> BadgesAsync() => room.Host.WithDbAsync(db => db.EarnedBadges.Where(b => b.UserId == ada).Select(b => b.Code).OrderBy(code => code).ToListAsync());
    }

    [Fact]
    public async Task A_free_answer_waits_for_the_teacher_and_brings_nothing_yet()
    {
        var submission = await room.SubmitAsync(ada, "libre", Classroom.Text("Il était une fois."));
        Assert.Equal((Outcome.Waiting, 0), (submission.Attempt!.Outcome, submission.Xp));
        Assert.False((await room.ProgressAsync(ada, "libre"))!.IsSolved);
    }

    [Theory]
    [InlineData("trois")]
    [InlineData("deux")]
    public async Task A_submission_costs_at_most_eight_commands(string word)
    {
        using var pupil = await new Pupil(room.Host).SignInAsync(ada);
        // What is kept for everybody has been read, and this is not the pupil's first answer of the day.
        await pupil.GetAsync($"{Classroom.Chapter}/exercices/2/reponse");
        await pupil.SwapAsync($"{Classroom.Chapter}/exercices/2/reponse", ("cle", pupil.Key), ("r.trou-1", "un"), ("r.trou-2", "trois"));

        await pupil.GetAsync($"{Classroom.Chapter}/exercices/1/reponse");
        var answer = await pupil.SwapAsync($"{Classroom.Chapter}/exercices/1/reponse", ("cle", pupil.Key), ("r.texte", word));

        Assert.Contains(word == "deux" ? "verdict-right" : "verdict-wrong", answer.Text, StringComparison.Ordinal);
        Assert.True(answer.SqlCount <= 8, $"{answer.SqlCount} commands");
    }

    [Fact]
    public async Task The_next_pages_of_a_pupil_show_what_was_submitted()
    {
        using var pupil = await new Pupil(room.Host).SignInAsync(ada);
        string[] pages = ["/moi", "/moi/statistiques", "/moi/tentatives", "/moi/badges", "/moi/en-tete", "/moi/progression/essai/un", "/moi/progression/essai/un/partie"];
        var before = new Dictionary<string, string>();
        foreach (var page in pages) before[page] = (await pupil.UntilKeptAsync(page)).Text;

        await room.SolveAsync(ada, "mot");
        foreach (var page in pages) Assert.NotEqual(before[page], (await pupil.GetAsync(page)).Text);
        Assert.Contains("state-solved", (await pupil.GetAsync("/moi/progression/essai/un/partie")).Text, StringComparison.Ordinal);
    }
}
