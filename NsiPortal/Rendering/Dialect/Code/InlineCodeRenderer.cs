using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Code;

sealed class InlineCodeRenderer : HtmlObjectRenderer<CodeInline>
{
    protected override void Write(HtmlRenderer renderer, CodeInline node)
    {
        var code = InlineCode.Of(node);
        if (renderer.EnableHtmlForInline) renderer.Write(code.Language is null ? "<code>" : $"<code class=\"language-{code.Language}\">");
        renderer.WriteEscape(code.Text);
        if (renderer.EnableHtmlForInline) renderer.Write("</code>");
    }
}
