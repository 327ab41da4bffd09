namespace NsiPortal.Domain.Courses;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Bases de données et SQL", "bases-de-donnees-et-sql")]
    [InlineData("  L’Œuvre d’Émile Zola : « Nana » ! ", "l-oeuvre-d-emile-zola-nana")]
    [InlineData("Ça, là, où, Noël, naïf, cœur", "ca-la-ou-noel-naif-coeur")]
    [InlineData("k-NN (k = 3)", "k-nn-k-3")]
    [InlineData("a---b", "a-b")]
    [InlineData("日本語", "")]
    [InlineData("", "")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    public void A_title_becomes_an_address(string title, string slug) => Assert.Equal(slug, Slug.From(title));

    [Fact]
    public void A_long_title_becomes_an_address_that_is_still_valid()
    {
        // The cut falls on a hyphen.
        var slug = Slug.From(new string('a', Slug.MaxLength - 1) + " suite");
        Assert.Equal(new string('a', Slug.MaxLength - 1), slug);
        Assert.True(Slug.IsValid(Slug.From(string.Concat(Enumerable.Repeat("mot ", 100)))));
    }

    [Theory]
    [InlineData("sql", true)]
    [InlineData("3d", true)]
    [InlineData("a-b-c", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a--b", false)]
    [InlineData("A", false)]
    [InlineData("é", false)]
    [InlineData("a/b", false)]
    [InlineData("a.b", false)]
    [InlineData("a b", false)]
    [InlineData("fichiers", false)]
    [InlineData("exercices", false)]
    [InlineData("glossaire", false)]
    public void What_an_address_may_be(string slug, bool valid) => Assert.Equal(valid, Slug.IsValid(slug));

    [Fact]
    public void An_address_has_eighty_characters_at_most()
    {
        Assert.True(Slug.IsValid(new string('a', 80)));
        Assert.False(Slug.IsValid(new string('a', 81)));
    }
}
