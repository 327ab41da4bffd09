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
        Assert.Equal(Programme.Years, Programme.Contents.Select(c => c.Level).Distinct());
    }

    [Fact]
    public void Each_content_expects_a_few_things_said_as_what_one_can_do()
    {
        Assert.Equal(Programme.Contents.Select(c => c.Code), ProgrammeExpectations.Codes);
        Assert.All(Programme.Contents, c => Assert.InRange(ProgrammeExpectations.Of(c.Code).Count, 2, 5));
        var all = Programme.Contents.SelectMany(c => ProgrammeExpectations.Of(c.Code)).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.All(all, text => Assert.Matches(@"^(L’|La |Le |Les |Y )?\w+(er|ir|re)( |,).*[.…]$", text));
        // Signs stay with their words.
        Assert.All(all.Concat(Programme.Contents.SelectMany(c => new[] { c.Theme, c.Title })), text => Assert.DoesNotMatch("[ '][:;?!»]|« |'", text));
    }

    [Fact]
    public void A_content_is_found_by_its_code_in_small_letters()
    {
        Assert.All(Programme.Contents, c => Assert.Same(c, Programme.FromSlug(Programme.SlugOf(c.Code))));
        Assert.Null(Programme.FromSlug("T-BDD-4"));
        Assert.Null(Programme.FromSlug("t-bdd"));
    }

    [Fact]
    public void Both_years_say_where_their_programme_was_published()
    {
        Assert.Equal(2, Programme.Years.Select(Programme.OfficialAddress).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => Programme.OfficialAddress(Level.Snt));
    }
}
