using NsiPortal.Rendering.Fuzzing;
using NsiPortal.Rendering.Safety;

namespace NsiPortal.Rendering;

/// <summary>Nothing outside the allow-list reaches a reader, whatever an author writes; <see cref="SafetyChecker"/> judges.</summary>
public sealed class SafetyTests
{
    readonly MarkdownRenderer renderer = new();

    public static TheoryData<int> Attacks => [.. Enumerable.Range(0, Corpus.Attacks.Count)];

    [Fact]
    public void The_corpus_is_not_small() => Assert.True(Corpus.Attacks.Distinct(StringComparer.Ordinal).Count() >= 150);

    [Theory, MemberData(nameof(Attacks))]
    public void An_attack_comes_to_nothing(int number)
    {
        var attack = Corpus.Attacks[number];
        string[] places =
        [
            attack, $"Texte {attack} suite", $"> {attack}", $"- {attack}", $"## {attack}", $"!!! note \"{attack}\"\n    {attack}", $"??? note\n    {attack}",
            $"| {attack} | b |\n|---|---|\n| {attack} | d |", $"[{attack}]({attack} \"{attack}\")", $"![{attack}]({attack})", $"`{attack}`", $"${attack}$",
            $"```python title=\"{attack}\"\n{attack}\n```", $"Note[^1]\n\n[^1]: {attack}", $"{attack}\n:   {attack}", $"<div title=\"{attack}\">", $"<p>{attack}",
            $"=== \"{attack}\"\n    {attack}", $"[x](y){{: .center #{attack} title=\"{attack}\" }}", $"{{{{ macro({attack}) }}}}", $"{{{{ correction(True, \"\"\"\n{attack}\n\"\"\") }}}}", $"++\"{attack}\"++", $"{{++{attack}++}}",
            $"{{~~{attack}~>{attack}~~}}", $"X\n\n*[X]: {attack}", $"<div markdown>\n{attack}\n</div>", $"=={attack}== ^^{attack}^^", $"{{# {attack} #}}", $"--8<-- \"{attack}\"",
            $"[x]\n\n[x]: {attack}", $"<table><tr><td>{attack}", $"<a href='{attack}'>x</a>", $"<pre>\n\n{attack}",
        ];

        foreach (var place in places)
        {
            var html = renderer.Render(place).Html;
            Assert.True(SafetyChecker.Judge(html) is null, $"{SafetyChecker.Judge(html)}\n{place}\n{html}");
        }
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<p onclick=\"alert(1)\">x</p>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("<a href=\"https://evil.example\">x</a>")]
    [InlineData("<img src=\"https://evil.example/x.png\" alt=\"\">")]
    [InlineData("<p style=\"color:red\">x</p>")]
    [InlineData("<svg></svg>")]
    [InlineData("<p id=\"p-menu\">x</p>")]
    [InlineData("<p id=\"a\">x</p><p id=\"a\">y</p>")]
    [InlineData("<p class=\"p-menu\">x</p>")]
    [InlineData("</article><p>x</p>")]
    [InlineData("<!-- x -->")]
    [InlineData("<pre data-first-line=\"x\">x</pre>")]
    [InlineData("<a href=\"/x\">x<table><a href=\"/y\">y</table>z")]
    public void The_judge_itself_sees_what_is_wrong(string html) => Assert.NotNull(SafetyChecker.Judge(html));

    [Fact]
    public void What_was_made_safe_stays_as_it_is()
    {
        foreach (var text in Corpus.Attacks.Concat(Corpus.Fragments))
        {
            var once = renderer.Render(text).Html;
            Assert.Equal(once, HtmlSanitizer.Sanitize(once)!.Html);
        }
    }

    [Theory]
    [InlineData("https://exemple.fr/a b", "https://exemple.fr/a%20b")]
    [InlineData(" \tjava\nscript:alert(1)", null)]
    [InlineData("mailto:prof@exemple.fr", "mailto:prof@exemple.fr")]
    [InlineData("HTTPS://exemple.fr", "HTTPS://exemple.fr")]
    [InlineData("../chapitre?x=a:b", "../chapitre?x=a:b")]
    [InlineData("tel:+33", null)]
    [InlineData("", "")]
    public void A_link_keeps_its_address_when_the_scheme_is_allowed(string written, string? kept) => Assert.Equal(kept, SafeUrl.Link(written));

    [Theory]
    [InlineData("figures/a.svg", "fichiers/a.svg")]
    [InlineData("/img/a.svg", "/img/a.svg")]
    [InlineData("//exemple.fr/a.svg", null)]
    [InlineData("/\\exemple.fr/a.svg", null)]
    [InlineData("\\/exemple.fr/a.svg", null)]
    [InlineData("/\t/exemple.fr/a.svg", null)]
    [InlineData("./figures/a.svg", "fichiers/a.svg")]
    [InlineData(".///exemple.fr/a.svg", ".///exemple.fr/a.svg")]
    [InlineData("https://exemple.fr/a.svg", null)]
    [InlineData("data:image/png;base64,x", null)]
    public void An_image_is_only_asked_of_the_portal(string written, string? kept) => Assert.Equal(kept, SafeUrl.Image(written));
}
