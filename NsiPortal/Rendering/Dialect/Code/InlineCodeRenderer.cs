using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Code;

sealed class InlineCodeRenderer : HtmlObjectRenderer<CodeInline>
{
    protected override void Write(HtmlRenderer renderer, CodeInline node)
    {
        var code = InlineCode.Of(node);
        renderer.Write(code.Language is null ? "<code>" : $"<code class=\"language-{code.Language}\">");
        renderer.WriteEscape(code.Text);
        renderer.Write("</code>");
    }
}
