using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace NsiPortal.Rendering.Dialect.Code;

/// <summary>A listing: a figure with the title as its caption, around a scrolling region that takes the focus.</summary>
sealed class CodeBlockRenderer : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock block)
    {
        var options = block is FencedCodeBlock fence ? FenceOptions.Of(fence) : default;
        var title = options.Title ?? "";

        renderer.EnsureLine();
        renderer.Write("<figure class=\"code\"");
        if (options.Language is not null) renderer.Write(" data-language=\"").Write(options.Language).Write("\"");
        renderer.Write(">");
        if (title.Length > 0) renderer.Write("<figcaption>").WriteEscape(title).Write("</figcaption>");

        renderer.Write("<pre tabindex=\"0\" role=\"region\" aria-label=\"")
            .WriteEscape(PageHtmlRenderer.From(renderer).UniqueLabel(title.Length > 0 ? title : Languages.Label(options.Language)))
            .Write("\"");
        if (options.FirstLine is { } firstLine) renderer.Write($" class=\"line-numbers\" data-first-line=\"{firstLine}\"");
        if (options.Language is null) renderer.Write("><code>");
        else renderer.Write("><code class=\"language-").Write(options.Language).Write("\">");
        renderer.WriteLeafRawLines(block, writeEndOfLines: true, escape: true);
        renderer.WriteLine("</code></pre></figure>");
    }
}
