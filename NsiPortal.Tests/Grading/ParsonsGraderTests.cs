using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

public sealed class ParsonsGraderTests
{
    [Theory]
    [InlineData("abcd", Outcome.Right, 3)]
    [InlineData("abdc", Outcome.Partial, 2.25)]
    [InlineData("bacd", Outcome.Partial, 2.25)]
    [InlineData("dabc", Outcome.Partial, 2.25)]
    [InlineData("abc", Outcome.Partial, 2.25)]
    [InlineData("ab", Outcome.Partial, 1.5)]
    [InlineData("abcdx", Outcome.Partial, 2.4)]
    [InlineData("abxcdy", Outcome.Partial, 2)]
    [InlineData("badc", Outcome.Partial, 1.5)]
    [InlineData("abx", Outcome.Wrong, 0)]
    [InlineData("dcba", Outcome.Wrong, 0)]
    [InlineData("a", Outcome.Wrong, 0)]
    [InlineData("xy", Outcome.Wrong, 0)]
    [InlineData("", Outcome.Wrong, 0)]
    public void The_longest_run_in_order_counts_from_half_of_it_on(string order, Outcome outcome, double score)
    {
        var verdict = Grade(Samples.Lines(), order);
        Assert.Equal((outcome, score), (verdict.Outcome, verdict.Score));
    }

    [Theory]
    [InlineData("abcd", "")]
    [InlineData("abdc", "ordre-d")]
    [InlineData("bacd", "ordre-b")]
    [InlineData("acd", "ordre-c")]
    [InlineData("abc", "")]
    public void Only_the_first_line_out_of_place_is_told(string order, string field) =>
        Assert.Equal(field.Length == 0 ? [] : [new FieldFeedback(field, false, null)], Grade(Samples.Lines(), order).Fields);

    [Fact]
    public void A_line_that_belongs_nowhere_says_why() =>
        Assert.Equal([new("ordre-d", false, null), new("ordre-x", false, "<p>== compare.</p>"), new("ordre-y", false, null)], Grade(Samples.Lines(), "abxdcy").Fields);

    [Theory]
    [InlineData("abc1d", Outcome.Right, 3, null)]
    [InlineData("abcd", Outcome.Partial, 2.25, "retrait-c")]
    [InlineData("abc2d", Outcome.Partial, 2.25, "retrait-c")]
    [InlineData("a3bc1d", Outcome.Partial, 2.25, "retrait-a")]
    [InlineData("abdc1", Outcome.Partial, 2.25, "ordre-d")]
    public void Indentation_counts_where_it_is_asked_for(string order, Outcome outcome, double score, string? field)
    {
        var verdict = Grade(Samples.Lines(indented: true), order);
        Assert.Equal((outcome, score), (verdict.Outcome, verdict.Score));
        Assert.Equal(field is null ? [] : [new FieldFeedback(field, false, null)], verdict.Fields);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("cba")]
    public void Lines_that_read_the_same_stand_for_each_other(string order)
    {
        var exercise = new Parsons("texte", Indented: false, [new("a", "pas", 0), new("b", "saut", 0), new("c", "pas", 0)], []) { Statement = Samples.Rich("?") };
        Assert.Equal((Outcome.Right, 3), (Grade(exercise, order).Outcome, Grade(exercise, order).Score));
    }

    [Fact]
    public void Numbers_with_holes_between_them_still_are_an_order() =>
        Assert.Equal(Outcome.Partial, Grader.Grade(Samples.Lines(), 3, Answer.Of(("ordre-a", "1"), ("ordre-c", "4"), ("ordre-d", "6"))).Outcome);

    [Fact]
    public void Indentation_alone_is_a_blank_answer()
    {
        var answer = Answer.Of(("retrait-a", "1"), ("ordre-a", ""));
        Assert.True(Samples.Lines(indented: true).IsBlank(answer));
        Assert.False(Samples.Lines(indented: true).IsBlank(Answer.Of(("retrait-a", "1"), ("ordre-a", "2"))));
        var verdict = Grader.Grade(Samples.Lines(indented: true), 3, answer);
        Assert.Equal((Outcome.Wrong, 0), (verdict.Outcome, verdict.Score));
        Assert.Empty(verdict.Fields);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("7")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("un")]
    [InlineData("1 ")]
    [InlineData("٣")]
    [InlineData("99999999999999999999")]
    public void A_place_that_is_not_there_is_not_graded(string place) => Samples.IsUnusable(Samples.Lines(), ("ordre-a", place));

    [Fact]
    public void What_the_form_does_not_have_is_not_graded()
    {
        Samples.IsUnusable(Samples.Lines(), ("ordre-a", "1"), ("ordre-b", "1"));
        Samples.IsUnusable(Samples.Lines(), ("ordre-a", "1"), ("ordre-a", "2"));
        Samples.IsUnusable(Samples.Lines(), ("ordre-z", "1"));
        Samples.IsUnusable(Samples.Lines(), ("ordre-a", "1"), ("retrait-a", "0"));
        Samples.IsUnusable(Samples.Lines(indented: true), ("ordre-a", "1"), ("retrait-a", "-1"));
        Samples.IsUnusable(Samples.Lines(indented: true), ("ordre-a", "1"), ("retrait-a", "21"));
    }

    static Verdict Grade(Parsons exercise, string order) => Grader.Grade(exercise, 3, Samples.Order(exercise, order));
}
