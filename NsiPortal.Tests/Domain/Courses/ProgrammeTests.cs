namespace NsiPortal.Domain.Courses;

public sealed class ProgrammeTests
{
    [Fact]
    public void Each_content_has_one_code_of_its_level_and_theme()
    {
        Assert.Equal(Programme.Contents.Count, Programme.Contents.Select(c => c.Code).Distinct().Count());
        Assert.All(Programme.Contents, c => Assert.StartsWith(c.Level == Level.Premiere ? "P-" : "T-", c.Code, StringComparison.Ordinal));
        Assert.All(Programme.Contents.GroupBy(c => (c.Level, c.Theme)), theme =>
            Assert.Equal(Enumerable.Range(1, theme.Count()), theme.Select(c => c.Position)));
    }

    [Fact]
    public void Both_years_have_all_their_themes()
    {
        Assert.Equal(8, Programme.Contents.Where(c => c.Level == Level.Premiere).Select(c => c.Theme).Distinct().Count());
        Assert.Equal(6, Programme.Contents.Where(c => c.Level == Level.Terminale).Select(c => c.Theme).Distinct().Count());
    }
}
