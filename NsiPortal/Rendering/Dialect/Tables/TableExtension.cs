using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace NsiPortal.Rendering.Dialect.Tables;

sealed class TableExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        // Markdig's own extension reads them.
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) =>
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new TableRenderer());
}
