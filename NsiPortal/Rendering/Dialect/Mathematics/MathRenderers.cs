using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace NsiPortal.Rendering.Dialect.Mathematics;

/// <summary>The page carries the TeX source, which can be read as it is; KaTeX replaces it where there is JavaScript.</summary>
sealed class MathInlineRenderer : HtmlObjectRenderer<MathInline>
{
    protected override void Write(HtmlRenderer renderer, MathInline math)
    {
        renderer.Write("<span class=\"math\">").WriteEscape(math.Tex).Write("</span>");
    }
}

sealed class MathBlockRenderer : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock math)
    {
        renderer.EnsureLine();
        renderer.Write("<div class=\"math\">").WriteEscape(math.Tex).WriteLine("</div>");
    }
}
