using NsiPortal.Rendering;

namespace NsiPortal.Domain.Search;

/// <summary>What the search reads of a rendered chapter.</summary>
public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("=== \"Énoncé\"\n\n    Trier.\n\n=== \"Solution\"\n\n    Comparer.", "Énoncé Trier. Solution Comparer.")]
    [InlineData("Avant {{ IDE('scripts/tri') }} après.", "Avant après.")]
    [InlineData("{{ multi_qcm([1]) }}\n\nTexte.", "Texte.")]
    [InlineData("{# caché #}\n\nTexte <!-- caché --> ici.", "Texte ici.")]
    [InlineData("{{ correction(True, \"\"\"\nVisible.\n\"\"\") }}\n\n{{ correction(False, \"\"\"\nCachée.\n\"\"\") }}", "Correction Visible.")]
    [InlineData("!!! example \"{{ exercice() }}\"\n    Texte.", "Exercice 1 Texte.")]
    [InlineData("Le SGBD.\n\n*[SGBD]: Système", "Le SGBD.")]
    [InlineData("Taper ++ctrl+s++ :heart:", "Taper Ctrl+S ❤️")]
    [InlineData("Texte.\n{: .center #x }", "Texte.")]
    public void Words_are_read_and_marks_are_not(string markdown, string expected) =>
        Assert.Equal(expected, HtmlText.Of(new MarkdownRenderer().Render(markdown).Html));
}
