using Markdig;
using Markdig.Renderers;

namespace NsiPortal.Rendering.Dialect.Critic;

sealed class CriticExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.InlineParsers.Insert(0, new CriticParser());

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        // The marks are written as the HTML that they stand for.
    }
}
