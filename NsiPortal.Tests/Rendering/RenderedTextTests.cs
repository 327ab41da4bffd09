using NsiPortal.Domain.Courses;

namespace NsiPortal.Rendering;

/// <summary>What is learnt beside the HTML: the plan of the chapter and the time it takes.</summary>
public sealed class RenderedTextTests
{
    readonly MarkdownRenderer renderer = new();

    [Fact]
    public void The_table_of_contents_holds_second_and_third_levels_in_order()
    {
        var text = renderer.Render("## Clés\n### La clé `#!sql PRIMARY KEY`\n#### Détail\n## Somme $a + b$");

        Assert.Equal(
            [new TocEntry(2, "Clés", "cles"), new TocEntry(3, "La clé PRIMARY KEY", "la-cle-primary-key"), new TocEntry(2, "Somme a + b", "somme-a-b")],
            text.TableOfContents);
    }

    [Fact]
    public void A_heading_inside_a_folded_block_is_not_in_the_plan()
    {
        var text = renderer.Render("## Visible\n\n??? success \"Correction\"\n    ## Cachée\n\n> ## Citée");

        Assert.Equal(["Visible"], text.TableOfContents.Select(e => e.Text));
    }

    [Fact]
    public void Each_entry_of_the_plan_leads_to_an_element_even_when_raw_html_takes_its_id()
    {
        var text = renderer.Render("<p id=\"cles\">Faux</p>\n\n## Clés\n\n<div id=\"autre\"></div>");

        Assert.Contains("<h2 id=\"cles\">", text.Html, StringComparison.Ordinal);
        Assert.Contains("<p>Faux</p>", text.Html, StringComparison.Ordinal);
        Assert.Contains("<div id=\"autre\">", text.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(200, 0, 1)]
    [InlineData(1000, 0, 5)]
    [InlineData(1000, 400, 6)]
    public void Reading_takes_a_minute_for_two_hundred_words_and_half_as_much_for_code(int words, int codeWords, int minutes)
    {
        var markdown = string.Concat(Enumerable.Repeat("mot ", words)) + "\n\n```python\n" + string.Concat(Enumerable.Repeat("x = ", codeWords)) + "\n```";

        Assert.Equal(minutes, renderer.Render(markdown).ReadingMinutes);
    }

    [Fact]
    public void The_version_of_the_renderer_goes_with_the_text() => Assert.Equal(MarkdownRenderer.Version, renderer.Render("").RendererVersion);
}
