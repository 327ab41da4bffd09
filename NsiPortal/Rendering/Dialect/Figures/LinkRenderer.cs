using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Figures;

/// <summary>Links and images. Which addresses may stand there is the sanitiser's business.</summary>
sealed class LinkRenderer : HtmlObjectRenderer<LinkInline>
{
    protected override void Write(HtmlRenderer renderer, LinkInline link)
    {
        if (link.IsImage)
        {
            WriteImage(renderer, link, link.Title);
            return;
        }

        renderer.Write("<a href=\"").WriteEscapeUrl(link.Url).Write("\"");
        WriteTitle(renderer, link.Title);
        renderer.Write(">");
        renderer.WriteChildren(link);
        renderer.Write("</a>");
    }

    public static void WriteImage(HtmlRenderer renderer, LinkInline image, string? title)
    {
        renderer.Write("<img src=\"").WriteEscapeUrl(image.Url).Write("\" alt=\"").WriteEscape(PlainText.Of(image)).Write("\"");
        WriteTitle(renderer, title);
        renderer.Write(">");
    }

    static void WriteTitle(HtmlRenderer renderer, string? title)
    {
        if (!string.IsNullOrWhiteSpace(title)) renderer.Write(" title=\"").WriteEscape(title).Write("\"");
    }
}
