using Markdig;
using Markdig.Renderers;

namespace NsiPortal.Rendering.Dialect.Code;

sealed class CodeExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        // Markdig already reads fences and inline code.
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        renderer.ObjectRenderers.Replace<Markdig.Renderers.Html.CodeBlockRenderer>(new CodeBlockRenderer());
        renderer.ObjectRenderers.Replace<Markdig.Renderers.Html.Inlines.CodeInlineRenderer>(new InlineCodeRenderer());
    }
}
