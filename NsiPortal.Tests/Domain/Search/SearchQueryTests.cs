namespace NsiPortal.Domain.Search;

public sealed class SearchQueryTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(" \t ", null)]
    [InlineData("  Arbre\u00A0 BINAIRE\n", "arbre binaire")]
    [InlineData("e\u0301le\u0300ve", "élève")]
    [InlineData("x\uFFFE\u0000y", "x y")]
    public void What_means_the_same_page_is_the_same(string? typed, string? normal) => Assert.Equal(normal, SearchQuery.Normalize(typed));

    [Fact]
    public void A_long_one_is_cut_at_a_whole_character()
    {
        // Half of a character is none.
        Assert.Equal("\uFFFDx", SearchQuery.Normalize("\ud800x"));
        Assert.Equal(80, SearchQuery.Normalize(new string('x', 5000))!.Length);
        Assert.Equal(new string('x', 79), SearchQuery.Normalize(new string('x', 79) + "😀"));
    }

    [Theory]
    [InlineData("\"pile\" NEAR* -file:(x)", "pile near file x")]
    [InlineData("la pile d'une file", "pile file")]
    [InlineData("de la", "de la")]
    [InlineData("Œuf cœur été", "oeuf coeur ete")]
    [InlineData("' OR 1=1; --", "or 1")]
    [InlineData("→ ≠ « » 😀", "")]
    public void Signs_only_part_words(string typed, string words) => Assert.Equal(words, string.Join(' ', SearchQuery.Parse(typed).Terms.Select(term => term.Word)));

    [Fact]
    public void Only_the_last_word_may_be_unfinished()
    {
        Assert.Equal([false, true], SearchQuery.Parse("arbre bin").Terms.Select(term => term.Unfinished));
        Assert.Equal([false, false], SearchQuery.Parse("arbre bin.").Terms.Select(term => term.Unfinished));
    }

    [Theory]
    [InlineData("<p>Une <em>clé</em>s</p><p>Deux</p>", "Une clés Deux")]
    [InlineData("<h2 id=\"a\">Titre <a class=\"anchor\" href=\"#a\" aria-label=\"Lien > Titre\">#</a></h2><pre><code>if a &lt; b:\n  x</code></pre>", "Titre if a < b: x")]
    [InlineData("<img alt=\"a > b\" src=\"x\">fin<br>ligne", "fin ligne")]
    [InlineData("un <", "un")]
    public void Markup_is_no_text(string html, string text) => Assert.Equal(text, HtmlText.Of(html));

    [Fact]
    public void An_excerpt_shows_the_place_where_the_words_stand_together_whatever_their_form()
    {
        var text = string.Join(' ', Enumerable.Repeat("Rien ici.", 100)) + " Les arbres sont récursifs & <b>beaux</b>. " + string.Join(' ', Enumerable.Repeat("Rien là.", 100));
        var pieces = Excerpt.Of(text, SearchQuery.Parse("arbre récursivité"));
        Assert.Equal(["arbres", "récursifs"], pieces.Where(piece => piece.Found).Select(piece => piece.Text));
        var shown = string.Concat(pieces.Select(piece => piece.Text));
        Assert.Contains("Les arbres sont récursifs & <b>beaux</b>.", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 100, 320);
        Assert.Equal(["Arbre", " et pile"], Excerpt.Mark("Arbre et pile", SearchQuery.Parse("arbr")).Select(piece => piece.Text));
        Assert.Equal("", string.Concat(Excerpt.Of("", SearchQuery.Parse("arbre")).Select(piece => piece.Text)));
    }
}
