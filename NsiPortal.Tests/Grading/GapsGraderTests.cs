using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

public sealed class GapsGraderTests
{
    [Theory]
    [InlineData(new[] { "un", "deux", "trois" }, Outcome.Right, 1)]
    [InlineData(new[] { "UN", "2", "trois" }, Outcome.Partial, 0.67)]
    [InlineData(new[] { "un", "", "" }, Outcome.Partial, 0.33)]
    [InlineData(new[] { "deux", "trois", "un" }, Outcome.Wrong, 0)]
    [InlineData(new[] { "", " ", "" }, Outcome.Wrong, 0)]
    [InlineData(new string[0], Outcome.Wrong, 0)]
    public void Each_gap_brings_its_share(string[] typed, Outcome outcome, double score)
    {
        var verdict = Grade(Samples.Code(null, "un", "deux", "trois"), typed);
        Assert.Equal((outcome, score), (verdict.Outcome, verdict.Score));
    }

    [Fact]
    public void Each_gap_is_told_right_or_wrong_and_one_that_was_tried_gets_its_feedback()
    {
        var exercise = Samples.Code(null, "un", "deux", "trois");
        Assert.Equal([new("trou-1", true, null), new("trou-2", false, "<p>Cherchez encore.</p>"), new("trou-3", false, null)], Grade(exercise, "un", "2", "").Fields);
        Assert.Empty(Grade(exercise, "", "", "").Fields);
    }

    [Theory]
    [InlineData("sql", "SELECT nom, age", "select  nom ,age", true)]
    [InlineData("sql", "age >= 18", "AGE>=18", true)]
    [InlineData("sql", "COUNT(*)", "count ( * )", true)]
    [InlineData("sql", "nom = 'Ada'", "nom=‘Ada’", true)]
    [InlineData("sql", "ORDER BY", "ORDERBY", false)]
    [InlineData("python", "range(1, n)", "range( 1,n )", true)]
    [InlineData("python", "True", "true", false)]
    [InlineData("python", "x_1", "x _1", false)]
    [InlineData("python", "not a", "nota", false)]
    [InlineData(null, "a, b", "a,b", false)]
    [InlineData(null, "Ada", "ADA", true)]
    public void In_code_blanks_beside_operators_do_not_count_and_case_does_outside_sql(string? language, string accepted, string typed, bool right) =>
        Assert.Equal(right ? Outcome.Right : Outcome.Wrong, Grade(Samples.Code(language, accepted), typed).Outcome);

    [Fact]
    public void A_gap_with_a_list_takes_what_the_list_offers_only()
    {
        var exercise = new Gaps("[[1]]", "sql", [new Gap([new("WHERE")], ["WHERE", "HAVING"], null)]) { Statement = Samples.Rich("?") };
        Assert.Equal(Outcome.Right, Grade(exercise, "WHERE").Outcome);
        Assert.Equal(Outcome.Wrong, Grade(exercise, "HAVING").Outcome);
        Assert.Equal(Outcome.Wrong, Grade(exercise, "").Outcome);
        Samples.IsUnusable(exercise, ("trou-1", "where"));
        Samples.IsUnusable(exercise, ("trou-1", "ORDER BY"));
    }

    [Fact]
    public void A_gap_that_is_not_there_is_not_graded()
    {
        var exercise = Samples.Code(null, "un");
        Samples.IsUnusable(exercise, ("trou-0", "un"));
        Samples.IsUnusable(exercise, ("trou-2", ""));
        Samples.IsUnusable(exercise, ("trou-01", "un"));
        Samples.IsUnusable(exercise, ("trou-1", "un"), ("trou-1", "deux"));
    }

    static Verdict Grade(Gaps exercise, params IEnumerable<string> typed) =>
        Grader.Grade(exercise, 1, Answer.Of(typed.Select((text, index) => (Gaps.FieldOf(index + 1), text))));
}
