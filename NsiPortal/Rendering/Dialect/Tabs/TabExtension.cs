using Markdig;
using Markdig.Renderers;

namespace NsiPortal.Rendering.Dialect.Tabs;

sealed class TabExtension : IMarkdownExtension
{
    // Before Markdig's paragraphs, which would take the line as the underline of a heading.
    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.BlockParsers.Insert(0, new TabParser());

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        renderer.ObjectRenderers.Add(new TabRenderer());
        renderer.ObjectRenderers.Add(new TabTitleRenderer());
    }
}
