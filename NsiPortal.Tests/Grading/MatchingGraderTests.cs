using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

public sealed class MatchingGraderTests
{
    [Theory]
    [InlineData("123", Outcome.Right, 2)]
    [InlineData("124", Outcome.Partial, 1.33)]
    [InlineData("1 4", Outcome.Partial, 0.67)]
    [InlineData("111", Outcome.Partial, 0.67)]
    [InlineData("312", Outcome.Wrong, 0)]
    [InlineData("444", Outcome.Wrong, 0)]
    [InlineData("   ", Outcome.Wrong, 0)]
    public void Each_pair_brings_its_share(string options, Outcome outcome, double score)
    {
        var verdict = Grade(options);
        Assert.Equal((outcome, score), (verdict.Outcome, verdict.Score));
    }

    [Fact]
    public void Each_pair_is_told_right_or_wrong_and_one_that_was_tried_gets_its_feedback()
    {
        Assert.Equal([new("paire-a", false, "<p>Relisez A.</p>"), new("paire-b", true, null), new("paire-c", false, null)], Grade("42 ").Fields);
        Assert.Empty(Grade("   ").Fields);
    }

    [Fact]
    public void Options_that_read_the_same_stand_for_each_other()
    {
        var exercise = new Matching([new("a", Samples.Rich("A"), new("1", "int"), null), new("b", Samples.Rich("B"), new("2", "int"), null)], []) { Statement = Samples.Rich("?") };
        Assert.Equal(Outcome.Right, Grader.Grade(exercise, 1, Answer.Of(("paire-a", "2"), ("paire-b", "1"))).Outcome);
    }

    [Fact]
    public void What_the_exercise_does_not_offer_is_not_graded()
    {
        Samples.IsUnusable(Samples.Pairs(), ("paire-a", "5"));
        Samples.IsUnusable(Samples.Pairs(), ("paire-a", "un"));
        Samples.IsUnusable(Samples.Pairs(), ("paire-d", "1"));
        Samples.IsUnusable(Samples.Pairs(), ("paire-a", "1"), ("paire-a", "2"));
    }

    static Verdict Grade(string options) =>
        Grader.Grade(Samples.Pairs(), 2, Answer.Of(options.Select((option, index) => (Matching.FieldOf("abc"[index].ToString()), option == ' ' ? "" : option.ToString()))));
}
