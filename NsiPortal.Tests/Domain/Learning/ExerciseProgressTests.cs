using NsiPortal.Domain.Exercises;

namespace NsiPortal.Domain.Learning;

public sealed class ExerciseProgressTests
{
    static readonly DateTimeOffset Start = new(2026, 11, 25, 11, 0, 0, TimeSpan.Zero);

    readonly ExerciseProgress progress = new(userId: 1, exerciseId: 1);
    int number;

    static Exercise Asked(int? maximumTries = null)
    {
        var exercise = (Exercise)Activator.CreateInstance(typeof(Exercise), nonPublic: true)!;
        exercise.Write(1, "Un", 4, required: true, maximumTries, "x", new FreeAnswer(100, null) { Statement = new RichText("", "") });
        return exercise;
    }

    Attempt Try(Outcome outcome, double days = 0, double score = 0) => Try(outcome, Start.AddDays(days), score);

    Attempt Try(Outcome outcome, DateTimeOffset at, double score = 0)
    {
        var attempt = new Attempt(1, Asked(), Guid.NewGuid(), ++number, Answer.Of(("texte", "x")), new Verdict(outcome, score, []), at);
        progress.Add(attempt);
        return attempt;
    }

    [Fact]
    public void It_counts_tries_up_to_the_first_that_is_right_and_after_it()
    {
        Try(Outcome.Wrong);
        Try(Outcome.Partial, days: 1, score: 3);
        Try(Outcome.Right, days: 2, score: 4);
        Try(Outcome.Wrong, days: 3);
        Assert.Equal((4, 3, 4.0, Outcome.Wrong), (progress.Tries, progress.TriesToSolve, progress.BestScore, progress.LastOutcome));
        Assert.Equal((Start, Start.AddDays(2), Start.AddDays(3), Start.AddDays(2)), (progress.FirstAt, progress.SolvedAt, progress.LastAt, progress.LastRightAt));
    }

    [Fact]
    public void It_is_solved_for_the_first_time_once()
    {
        var attempts = new[] { Outcome.Wrong, Outcome.Right, Outcome.Right }.Select(outcome => new Attempt(1, Asked(), Guid.NewGuid(), ++number, Answer.Of(), new Verdict(outcome, 0, []), Start));
        Assert.Equal([false, true, false], attempts.Select(progress.Add));
    }

    [Fact]
    public void What_is_solved_is_to_be_reviewed_when_it_failed_since_or_after_sixty_days()
    {
        Assert.False(progress.ToState().IsToReview(Start));
        Try(Outcome.Wrong);
        Assert.False(progress.ToState().IsToReview(Start.AddYears(1)));
        Try(Outcome.Right);
        Assert.False(progress.ToState().IsToReview(Start.AddDays(60)));
        Assert.True(progress.ToState().IsToReview(Start.AddDays(60).AddTicks(1)));
        Try(Outcome.Partial, days: 1);
        Assert.True(progress.ToState().IsToReview(Start.AddDays(1)));
        Try(Outcome.Right, days: 70);
        Assert.False(progress.ToState().IsToReview(Start.AddDays(130)));
    }

    [Theory]
    [InlineData(null, 9, true, true)]
    [InlineData(null, 9, false, true)]
    [InlineData(3, 2, false, true)]
    [InlineData(3, 3, false, false)]
    [InlineData(3, 1, true, false)]
    public void Another_answer_is_taken_without_limit_or_until_the_tries_are_used_up_or_it_is_solved(int? maximum, int tries, bool solved, bool open)
    {
        for (var i = 1; i <= tries; i++) Try(solved && i == tries ? Outcome.Right : Outcome.Wrong);
        Assert.Equal(open, progress.IsOpen(Asked(maximum)));
    }

    [Fact]
    public void Grading_again_is_no_try_and_is_told_until_it_is_seen_or_something_else_is_submitted()
    {
        var last = Try(Outcome.Wrong);
        Assert.True(progress.Add(last.Again(Asked(), new Verdict(Outcome.Right, 4, []), Start.AddDays(5))));
        Assert.Equal((1, 1, Start, Start.AddDays(5), true), (progress.Tries, progress.TriesToSolve, progress.LastAt, progress.SolvedAt, progress.RegradeUnseen));
        progress.SeeRegrade();
        Assert.False(progress.RegradeUnseen);
        progress.Add(last.Again(Asked(), new Verdict(Outcome.Wrong, 0, []), Start.AddDays(6)));
        Try(Outcome.Wrong, days: 7);
        Assert.False(progress.RegradeUnseen);
    }

    [Fact]
    public void Hints_are_never_unseen()
    {
        progress.SeeHint(2);
        var revision = progress.Revision;
        progress.SeeHint(1);
        Assert.Equal((2, revision), (progress.HintsSeen, progress.Revision));
    }

    [Fact]
    public void Days_are_those_of_Paris()
    {
        Try(Outcome.Right, new DateTimeOffset(2026, 7, 1, 22, 30, 0, TimeSpan.Zero));
        Assert.Equal(new DateOnly(2026, 7, 2), progress.ToState().ToLearner(1, 1, ExerciseKind.FreeAnswer).SolvedOn);
    }
}
