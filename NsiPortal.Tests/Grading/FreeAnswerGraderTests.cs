using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

public sealed class FreeAnswerGraderTests
{
    [Fact]
    public void It_waits_for_the_teacher()
    {
        var verdict = Grade("Parce que.");
        Assert.Equal((Outcome.Waiting, 0), (verdict.Outcome, verdict.Score));
        Assert.Empty(verdict.Fields);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n ")]
    public void A_blank_one_waits_for_nobody(string text) => Assert.Equal(Outcome.Wrong, Grade(text).Outcome);

    [Fact]
    public void The_end_of_a_line_is_one_character() => Assert.Equal(Outcome.Waiting, Grade(string.Concat(Enumerable.Repeat("a\r\n", 10))).Outcome);

    [Fact]
    public void What_the_form_does_not_allow_is_not_graded()
    {
        Samples.IsUnusable(Samples.Free(), ("texte", new string('a', 21)));
        Samples.IsUnusable(Samples.Free(), ("texte", new string(' ', 21)));
        Samples.IsUnusable(Samples.Free(), ("texte", "a"), ("texte", "b"));
        Samples.IsUnusable(Samples.Free(), ("autre", "a"));
    }

    static Verdict Grade(string text) => Grader.Grade(Samples.Free(), 5, Answer.Of((FreeAnswer.Field, text)));
}
