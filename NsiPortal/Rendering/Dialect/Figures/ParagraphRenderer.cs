using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NsiPortal.Rendering.Dialect.Macros;

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
        else if (paragraph.Inline is { FirstChild: MacroInline } macros && macros.All(inline => inline is MacroInline { IsSilent: true } or LineBreakInline))
        {
            renderer.WriteChildren(macros);
        }
        else if (paragraph.Inline is { FirstChild: LinkInline { IsImage: true, NextSibling: null } image })
        {
            renderer.EnsureLine();
            paragraph.GetAttributes().Classes = ["figure", .. paragraph.TryGetAttributes()?.Classes ?? []];
            renderer.Write("<figure").WriteAttributes(paragraph).Write(">");
            LinkRenderer.WriteImage(renderer, image, title: null);
            if (!string.IsNullOrWhiteSpace(image.Title)) renderer.Write("<figcaption>").WriteEscape(image.Title).Write("</figcaption>");
            renderer.WriteLine("</figure>");
        }
        else
        {
            renderer.EnsureLine();
            var alone = paragraph.Inline is { FirstChild: MacroInline { NextSibling: null, Name: not "exercice" } };
            renderer.Write(alone ? "<p class=\"macro-alone\"" : "<p").WriteAttributes(paragraph).Write(">");
            renderer.WriteLeafInline(paragraph);
            renderer.WriteLine("</p>");
        }
    }
}
