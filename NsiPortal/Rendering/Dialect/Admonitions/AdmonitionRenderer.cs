using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace NsiPortal.Rendering.Dialect.Admonitions;

sealed class AdmonitionRenderer : HtmlObjectRenderer<Admonition>
{
    protected override void Write(HtmlRenderer renderer, Admonition admonition)
    {
        var implicitParagraph = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = false;
        renderer.EnsureLine();

        var classes = AdmonitionTypes.ClassesOf(admonition.Type);
        if (admonition.Folded) renderer.Write("<details class=\"").Write(classes).WriteLine(admonition.Open ? "\" open>" : "\">");
        else renderer.Write("<div class=\"").Write(classes).WriteLine("\" role=\"note\">");
        renderer.WriteChildren(admonition);
        renderer.EnsureLine();
        renderer.WriteLine(admonition.Folded ? "</details>" : "</div>");

        renderer.ImplicitParagraph = implicitParagraph;
    }
}

sealed class AdmonitionTitleRenderer : HtmlObjectRenderer<AdmonitionTitle>
{
    protected override void Write(HtmlRenderer renderer, AdmonitionTitle title)
    {
        var folded = title.Parent is Admonition { Folded: true };
        renderer.Write(folded ? "<summary>" : "<p class=\"admonition-title\">");
        renderer.WriteLeafInline(title);
        renderer.WriteLine(folded ? "</summary>" : "</p>");
    }
}
