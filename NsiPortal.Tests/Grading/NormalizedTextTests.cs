namespace NsiPortal.Grading;

public sealed class NormalizedTextTests
{
    [Theory]
    [InlineData("  a \t\r\n b ", "a b")]
    [InlineData("1\u202F000\u00A0€", "1 000 €")]
    [InlineData("‘a’ “b” «c»", "'a' \"b\" \"c\"")]
    [InlineData("e\u0301ﬁ２", "éfi2")]
    [InlineData("a\u00ADb\u200B", "ab")]
    [InlineData("a\uFFFEb\uFFFF", "ab\uFFFF")]
    [InlineData("", "")]
    public void It_has_one_form_for_what_reads_the_same(string text, string normalized) => Assert.Equal(normalized, NormalizedText.Of(text));

    [Theory]
    [InlineData("a = f( x , 1 )", "a=f(x,1)")]
    [InlineData("a and b", "a and b")]
    [InlineData("nom LIKE 'A %'", "nom LIKE 'A%'")]
    [InlineData("_a _b", "_a _b")]
    public void In_code_blanks_beside_operators_are_dropped(string code, string normalized) => Assert.Equal(normalized, NormalizedText.OfCode(code));

    [Fact]
    public void It_never_throws_and_leaves_no_blank_at_an_end_or_beside_another()
    {
        var random = new Random(20261125);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(3) == 0 ? " \u00A0\u3000\t\n\u2028‘»¨´ŉ…½"[random.Next(13)] : (char)(random.Next(1, 0xF800) is var c && c < 0xD800 ? c : c + 0x800)));
            var normalized = NormalizedText.Of(text);
            Assert.Equal(normalized.Trim(' '), normalized);
            Assert.DoesNotContain("  ", normalized, StringComparison.Ordinal);
            Assert.DoesNotContain(NormalizedText.OfCode(text), c => c != ' ' && char.IsWhiteSpace(c));
        }
    }
}
