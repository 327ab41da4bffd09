using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace NsiPortal.Rendering.Dialect.Tabs;

/// <summary>Sections one after the other, each under its title: what a reader without scripts, a printer and the search have. tabs.js makes tabs of them.</summary>
sealed class TabRenderer : HtmlObjectRenderer<Tab>
{
    protected override void Write(HtmlRenderer renderer, Tab tab)
    {
        var implicitParagraph = renderer.ImplicitParagraph;
        renderer.ImplicitParagraph = false;
        renderer.EnsureLine();
        if (tab.IsFirst) renderer.WriteLine("<div class=\"tabs\">");
        renderer.WriteLine(tab.Chosen ? "<section class=\"tab chosen\">" : "<section class=\"tab\">");
        renderer.WriteChildren(tab);
        renderer.EnsureLine();
        renderer.WriteLine("</section>");
        if (tab.IsLast) renderer.WriteLine("</div>");
        renderer.ImplicitParagraph = implicitParagraph;
    }
}

sealed class TabTitleRenderer : HtmlObjectRenderer<TabTitle>
{
    protected override void Write(HtmlRenderer renderer, TabTitle title)
    {
        renderer.Write("<p class=\"tab-title\">");
        renderer.WriteLeafInline(title);
        renderer.WriteLine("</p>");
    }
}
