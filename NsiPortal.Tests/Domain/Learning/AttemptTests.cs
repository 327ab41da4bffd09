using NsiPortal.Domain.Exercises;

namespace NsiPortal.Domain.Learning;

public sealed class AttemptTests
{
    const int Teacher = 7;

    static Attempt Submitted()
    {
        var exercise = (Exercise)Activator.CreateInstance(typeof(Exercise), nonPublic: true)!;
        exercise.Write(1, "Un", 4, required: true, maximumTries: null, "x", new FreeAnswer(100, null) { Statement = new RichText("", "") });
        return new Attempt(1, exercise, Guid.NewGuid(), 1, Answer.Of(("texte", "Il était.")), new Verdict(Outcome.Waiting, 0, []), DateTimeOffset.UnixEpoch);
    }

    [Theory]
    [InlineData(4, Outcome.Right)]
    [InlineData(2.5, Outcome.Partial)]
    [InlineData(0, Outcome.Wrong)]
    public void A_teacher_marks_a_free_answer(double score, Outcome outcome)
    {
        var attempt = Submitted();
        attempt.Mark(score, "  Bien vu.\n", Teacher);
        Assert.Equal((outcome, score, "Bien vu.", Teacher), (attempt.Outcome, attempt.Score, attempt.Comment, attempt.MarkedById));
        attempt.Mark(0, " ", Teacher);
        Assert.Equal((Outcome.Wrong, null), (attempt.Outcome, attempt.Comment));
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(4.5)]
    [InlineData(double.NaN)]
    public void A_mark_is_within_the_points(double score) => Assert.Throws<ArgumentOutOfRangeException>(() => Submitted().Mark(score, null, Teacher));

    [Fact]
    public void A_comment_has_an_end()
    {
        var attempt = Submitted();
        Assert.Throws<ArgumentException>(() => attempt.Mark(4, new string('a', Attempt.MaxCommentLength + 1), Teacher));
        Assert.Equal((Outcome.Waiting, null), (attempt.Outcome, attempt.MarkedById));
    }

    [Fact]
    public void A_mark_solves_the_exercise_at_the_moment_at_which_it_was_answered()
    {
        var (attempt, progress) = (Submitted(), new ExerciseProgress(1, 1));
        Assert.False(progress.Add(attempt));
        attempt.Mark(4, null, Teacher);
        Assert.True(progress.Judge(attempt));
        Assert.Equal((1, attempt.At), (progress.Tries, progress.SolvedAt));
        Assert.False(progress.Judge(attempt));
    }
}
