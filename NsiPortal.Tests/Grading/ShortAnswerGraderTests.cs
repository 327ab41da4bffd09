using NsiPortal.Domain.Exercises;

namespace NsiPortal.Grading;

public sealed class ShortAnswerGraderTests
{
    [Theory]
    [InlineData("Clé primaire", "clé primaire", true)]
    [InlineData("Clé primaire", "  CLÉ \u00A0primaire\t", true)]
    [InlineData("Clé primaire", "Cle\u0301 primaire", true)]
    [InlineData("Clé primaire", "cle primaire", false)]
    [InlineData("l'index", "l’index", true)]
    [InlineData("l’index", "l'index", true)]
    [InlineData("\"a\"", "“a”", true)]
    [InlineData("a+b", "a + b", false)]
    [InlineData("fi", "ﬁ", true)]
    [InlineData("index", "in\u200Bdex", true)]
    [InlineData("NULL", "null", true)]
    public void A_text_is_compared_as_a_reader_sees_it(string accepted, string typed, bool right) => Check(new Accepted(accepted), typed, right);

    [Theory]
    [InlineData("True", true)]
    [InlineData("true", false)]
    [InlineData(" True ", true)]
    public void An_exact_text_is_compared_with_its_case(string typed, bool right) => Check(new Accepted("True", Exact: true), typed, right);

    [Theory]
    [InlineData("3,14", true)]
    [InlineData("3.14", true)]
    [InlineData("+3,15", true)]
    [InlineData("3,13", true)]
    [InlineData("314e-2", true)]
    [InlineData("3,1501", false)]
    [InlineData("-3,14", false)]
    [InlineData("3,14 cm", false)]
    [InlineData("3,1,4", false)]
    [InlineData("pi", false)]
    [InlineData(".", false)]
    [InlineData("e2", false)]
    [InlineData("NaN", false)]
    [InlineData("Infinity", false)]
    [InlineData("1e999", false)]
    [InlineData("1.7976931348623157e308", false)]
    [InlineData("-1.7976931348623157e308", false)]
    public void A_number_is_right_within_its_tolerance(string typed, bool right) => Check(new Accepted(Number: 3.14, Tolerance: 0.01), typed, right);

    [Theory]
    [InlineData("1234567,5", true)]
    [InlineData("1 234 567,5", true)]
    [InlineData("1\u202F234\u00A0567.5", true)]
    [InlineData("1234 567,5", false)]
    [InlineData("1 23 45 67,5", false)]
    [InlineData("1.234.567,5", false)]
    [InlineData("1 234 567,50001", false)]
    public void Thousands_may_stand_apart(string typed, bool right) => Check(new Accepted(Number: 1234567.5), typed, right);

    [Theory]
    [InlineData("1,1", 1, 0.1)]
    [InlineData("0,9", 1, 0.1)]
    [InlineData("−0,3", -0.2, 0.1)]
    [InlineData("0", 0.1, 0.1)]
    public void Both_ends_of_a_tolerance_are_within_it(string typed, double number, double tolerance) => Check(new Accepted(Number: number, Tolerance: tolerance), typed, right: true);

    [Fact]
    public void A_whole_number_without_tolerance_is_exact()
    {
        Check(new Accepted(Number: 1_000_000_000_000), "1000000000001", right: false);
        Check(new Accepted(Number: 1_000_000_000_000), "1000000000000,0", right: true);
    }

    [Theory]
    [InlineData("COUNT(*)", true)]
    [InlineData("count( * )", true)]
    [InlineData("x count(*)", false)]
    public void A_pattern_matches_the_whole_answer(string typed, bool right) => Check(new Accepted(Pattern: @"count\( ?\* ?\)"), typed, right);

    [Fact]
    public void A_foreseen_answer_gets_its_feedback_unless_it_is_right()
    {
        var exercise = new ShortAnswer([new("octet")], [new(new("Octet"), Samples.Rich("Jamais dit.")), new(new("bit"), Samples.Rich("Huit fois moins.")), new(new(Pattern: "b.*"), Samples.Rich("Non."))], "o")
        { Statement = Samples.Rich("?") };
        Assert.Equal(new FieldFeedback("texte", false, "<p>Huit fois moins.</p>"), Assert.Single(Grade(exercise, "BIT").Fields));
        Assert.Equal(new FieldFeedback("texte", false, "<p>Non.</p>"), Assert.Single(Grade(exercise, "byte").Fields));
        Assert.Equal(new FieldFeedback("texte", false, null), Assert.Single(Grade(exercise, "mot").Fields));
        Assert.Equal(new FieldFeedback("texte", true, null), Assert.Single(Grade(exercise, "OCTET").Fields));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u00A0\n")]
    [InlineData("\u200B")]
    public void A_blank_answer_is_wrong_without_a_word(string typed)
    {
        var verdict = Grade(Samples.Short(new Accepted(Pattern: ".*")), typed);
        Assert.Equal((Outcome.Wrong, 0), (verdict.Outcome, verdict.Score));
        Assert.Empty(verdict.Fields);
    }

    [Fact]
    public void What_no_browser_sends_is_not_graded()
    {
        var exercise = Samples.Short(new Accepted("a"));
        Samples.IsUnusable(exercise, ("autre", "a"));
        Samples.IsUnusable(exercise, ("texte", "a"), ("texte", "b"));
        Samples.IsUnusable(exercise, ("texte", "a\0"));
        Samples.IsUnusable(exercise, ("texte", "a\uD800"));
        Samples.IsUnusable(exercise, ("texte", new string('a', 501)));
    }

    static void Check(Accepted accepted, string typed, bool right)
    {
        var verdict = Grade(Samples.Short(new Accepted("autre chose"), accepted), typed);
        Assert.Equal(right ? (Outcome.Right, 3) : (Outcome.Wrong, 0), (verdict.Outcome, verdict.Score));
    }

    static Verdict Grade(ShortAnswer exercise, string typed) => Grader.Grade(exercise, 3, Answer.Of((ShortAnswer.Field, typed)));
}
