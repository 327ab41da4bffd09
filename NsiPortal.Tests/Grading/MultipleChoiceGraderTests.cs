using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

public sealed class MultipleChoiceGraderTests
{
    [Theory]
    [InlineData("ab", Outcome.Right, 3)]
    [InlineData("ba", Outcome.Right, 3)]
    [InlineData("a", Outcome.Wrong, 0)]
    [InlineData("abc", Outcome.Wrong, 0)]
    [InlineData("cd", Outcome.Wrong, 0)]
    [InlineData("", Outcome.Wrong, 0)]
    public void All_or_nothing_wants_exactly_the_right_choices(string chosen, Outcome outcome, double score) =>
        Check(Samples.Choices(), chosen, outcome, score);

    [Theory]
    [InlineData("ab", Outcome.Right, 3)]
    [InlineData("a", Outcome.Partial, 1.5)]
    [InlineData("abc", Outcome.Partial, 1.5)]
    [InlineData("ac", Outcome.Wrong, 0)]
    [InlineData("cd", Outcome.Wrong, 0)]
    [InlineData("abcd", Outcome.Wrong, 0)]
    [InlineData("", Outcome.Wrong, 0)]
    public void Partial_scoring_takes_back_for_a_wrong_choice_what_a_right_one_brings(string chosen, Outcome outcome, double score) =>
        Check(Samples.Choices(scoring: ChoiceScoring.Partial), chosen, outcome, score);

    [Theory]
    [InlineData("a", Outcome.Right, 3)]
    [InlineData("c", Outcome.Wrong, -1)]
    [InlineData("", Outcome.Wrong, 0)]
    public void The_examination_takes_a_third_for_a_wrong_answer_and_nothing_for_none(string chosen, Outcome outcome, double score) =>
        Check(Samples.Choices(several: false, ChoiceScoring.Examination), chosen, outcome, score);

    [Fact]
    public void A_third_of_one_point_is_taken_in_full() =>
        Assert.Equal(-1 / 3.0, Grader.Grade(Samples.Choices(several: false, ChoiceScoring.Examination), 1, Chosen("d")).Score);

    [Fact]
    public void Only_chosen_choices_are_spoken_of()
    {
        var verdict = Grader.Grade(Samples.Choices(), 3, Chosen("ac"));
        Assert.Equal([new("choix:a", true, "<p>Oui.</p>"), new("choix:c", false, "<p>Non.</p>")], verdict.Fields);
        Assert.Empty(Grader.Grade(Samples.Choices(), 3, Chosen("")).Fields);
    }

    [Fact]
    public void What_is_no_choice_of_it_is_not_graded()
    {
        Samples.IsUnusable(Samples.Choices(), ("choix", "e"));
        Samples.IsUnusable(Samples.Choices(), ("choix", "A"));
        Samples.IsUnusable(Samples.Choices(), ("choix", "a"), ("choix", "a"));
        Samples.IsUnusable(Samples.Choices(), ("choix", "a"), ("autre", ""));
        Samples.IsUnusable(Samples.Choices(several: false), ("choix", "a"), ("choix", "b"));
    }

    [Fact]
    public void A_blank_value_is_no_choice() => Assert.Equal(0, Grader.Grade(Samples.Choices(several: false, ChoiceScoring.Examination), 3, Answer.Of(("choix", ""))).Score);

    static void Check(MultipleChoice exercise, string chosen, Outcome outcome, double score)
    {
        var verdict = Grader.Grade(exercise, 3, Chosen(chosen));
        Assert.Equal((outcome, score), (verdict.Outcome, verdict.Score));
    }

    static Answer Chosen(string keys) => Answer.Of(keys.Select(key => (MultipleChoice.Field, key.ToString())));
}
