namespace NsiPortal.Domain.Exercises;

public sealed class AnswerPatternTests
{
    [Theory]
    [InlineData("select|from", "SELECT", true)]
    [InlineData("select|from", "select x", false)]
    [InlineData("select|from", "x from", false)]
    [InlineData("[0-9]+ ?km", "12 KM", true)]
    [InlineData("a", "a\n", false)]
    [InlineData("^a$", "a", true)]
    [InlineData("", "", true)]
    public void A_pattern_matches_whole_answers_whatever_their_case(string pattern, string answer, bool matches) =>
        Assert.Equal(matches, AnswerPattern.Compile(pattern).IsMatch(answer));

    [Theory]
    [InlineData("(")]
    [InlineData("a)|(b")]
    [InlineData("[a")]
    [InlineData("*")]
    [InlineData("a\\")]
    public void What_is_no_regular_expression_is_refused(string pattern) => Assert.ThrowsAny<ArgumentException>(() => AnswerPattern.Compile(pattern));

    [Theory]
    [InlineData(@"(a)\1")]
    [InlineData("(?=a)a")]
    [InlineData("(?<!b)a")]
    [InlineData("(?>a+)b")]
    [InlineData("((((a{100}){100}){100}){100}){100}")]
    public void What_needs_to_go_back_or_is_too_large_is_refused(string pattern) => Assert.Throws<NotSupportedException>(() => AnswerPattern.Compile(pattern));

    [Fact]
    public async Task A_pattern_that_explodes_elsewhere_takes_no_time_here()
    {
        var pattern = AnswerPattern.Compile("(a+)+(a|aa)+(b|[ab]*c)*d");
        var answer = new string('a', 2000) + "e";
        Assert.False(await Task.Run(() => pattern.IsMatch(answer)).WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
