using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;
using NsiPortal.Rendering.Dialect.Attributes;

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

        renderer.Write("<a href=\"").WriteEscapeUrl(Address(link.Url)).Write("\"").WriteAttributes(link);
        WriteTitle(renderer, link.Title);
        renderer.Write(">");
        renderer.WriteChildren(link);
        renderer.Write("</a>");
    }

    public static void WriteImage(HtmlRenderer renderer, LinkInline image, string? title)
    {
        renderer.Write("<img src=\"").WriteEscapeUrl(image.Url).Write("\" alt=\"").WriteEscape(PlainText.Of(image)).Write("\"").WriteAttributes(image);
        WriteTitle(renderer, title);
        renderer.Write(">");
    }

    /// <summary>A link to a place in the page goes to the id as it is written there.</summary>
    static string? Address(string? url) =>
        url is ['#', .. var place] && !place.StartsWith("fn", StringComparison.Ordinal) && AttributeList.Id(Uri.UnescapeDataString(place)) is { } id ? $"#{id}" : url;

    static void WriteTitle(HtmlRenderer renderer, string? title)
    {
        if (!string.IsNullOrWhiteSpace(title)) renderer.Write(" title=\"").WriteEscape(title).Write("\"");
    }
}
