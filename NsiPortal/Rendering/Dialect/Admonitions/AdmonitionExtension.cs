using Markdig;
using Markdig.Renderers;

namespace NsiPortal.Rendering.Dialect.Admonitions;

sealed class AdmonitionExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.BlockParsers.Insert(0, new AdmonitionParser());

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        renderer.ObjectRenderers.Add(new AdmonitionRenderer());
        renderer.ObjectRenderers.Add(new AdmonitionTitleRenderer());
    }
}
