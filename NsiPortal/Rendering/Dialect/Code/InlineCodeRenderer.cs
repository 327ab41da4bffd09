using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Code;

sealed class InlineCodeRenderer : HtmlObjectRenderer<CodeInline>
{
    protected override void Write(HtmlRenderer renderer, CodeInline node)
    {
        var code = InlineCode.Of(node);
        if (code.Language is not null) node.GetAttributes().AddClass($"language-{code.Language}");
        renderer.Write("<code").WriteAttributes(node).Write(">");
        renderer.WriteEscape(code.Text);
        renderer.Write("</code>");
    }
}
