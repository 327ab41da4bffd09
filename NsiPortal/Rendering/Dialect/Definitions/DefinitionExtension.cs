using Markdig;
using Markdig.Extensions.DefinitionLists;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Syntax;

namespace NsiPortal.Rendering.Dialect.Definitions;

/// <summary>
/// Definition lists as Markdig reads them, but for one thing: it leaves the list open for ever, so that a footnote's text that follows a list
/// is not seen as one (footnotes are read at the top of the document only).
/// </summary>
sealed class DefinitionExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.BlockParsers.Replace<DefinitionListParser>(new ClosingParser());

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        // Markdig's own renderer writes them.
    }

    sealed class ClosingParser : DefinitionListParser
    {
        public override BlockState TryContinue(BlockProcessor processor, Block block)
        {
            var list = block.Parent!;
            var state = base.TryContinue(processor, block);
            if (state is BlockState.Break or BlockState.None) list.IsOpen = false;
            return state;
        }
    }
}
