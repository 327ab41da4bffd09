using Markdig.Extensions.Footnotes;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace NsiPortal.Rendering.Dialect.Footnotes;

/// <summary>The call of a note, or the way back from it. A note that is called twice has two ways back.</summary>
sealed class FootnoteLinkRenderer : HtmlObjectRenderer<FootnoteLink>
{
    protected override void Write(HtmlRenderer renderer, FootnoteLink link)
    {
        var note = link.Footnote.Order;
        var call = Call(link);
        renderer.Write(link.IsBackLink
            ? $" <a class=\"footnote-back\" href=\"#{call}\" aria-label=\"Retour au texte\">↩</a>"
            : $"<sup><a class=\"footnote-ref\" id=\"{call}\" href=\"#fn:{note}\" aria-label=\"Note {note}\">{note}</a></sup>");
    }

    static string Call(FootnoteLink link)
    {
        // Markdig numbers calls through the whole page, in the order of the notes.
        var nth = link.Index - link.Footnote.Links.Min(l => l.Index) + 1;
        return nth == 1 ? $"fnref:{link.Footnote.Order}" : $"fnref:{link.Footnote.Order}:{nth}";
    }
}

sealed class FootnoteGroupRenderer : HtmlObjectRenderer<FootnoteGroup>
{
    protected override void Write(HtmlRenderer renderer, FootnoteGroup notes)
    {
        if (notes.Count == 0) return;
        renderer.EnsureLine();
        renderer.WriteLine("<section class=\"footnotes\" aria-label=\"Notes\"><ol>");
        foreach (var note in notes.Cast<Footnote>())
        {
            renderer.Write($"<li id=\"fn:{note.Order}\">");
            var implicitParagraph = renderer.ImplicitParagraph;
            renderer.ImplicitParagraph = note.Count == 1;
            renderer.WriteChildren(note);
            renderer.ImplicitParagraph = implicitParagraph;
            renderer.WriteLine("</li>");
        }

        renderer.WriteLine("</ol></section>");
    }
}
