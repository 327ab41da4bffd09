using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Figures;

/// <summary>A paragraph; one that is only an image is a figure, and the image's title its caption.</summary>
sealed class ParagraphRenderer : HtmlObjectRenderer<ParagraphBlock>
{
    protected override void Write(HtmlRenderer renderer, ParagraphBlock paragraph)
    {
        if (renderer.ImplicitParagraph)
        {
            renderer.WriteLeafInline(paragraph);
        }
        else if (paragraph.Inline is { FirstChild: LinkInline { IsImage: true, NextSibling: null } image })
        {
            renderer.EnsureLine();
            renderer.Write("<figure class=\"figure\">");
            LinkRenderer.WriteImage(renderer, image, title: null);
            if (!string.IsNullOrWhiteSpace(image.Title)) renderer.Write("<figcaption>").WriteEscape(image.Title).Write("</figcaption>");
            renderer.WriteLine("</figure>");
        }
        else
        {
            renderer.EnsureLine();
            renderer.Write("<p>");
            renderer.WriteLeafInline(paragraph);
            renderer.WriteLine("</p>");
        }
    }
}
