using Markdig.Parsers;
using Markdig.Syntax;

namespace NsiPortal.Rendering.Dialect;

/// <summary>A block whose content is indented by four spaces more than its opening line: an admonition, a tab.</summary>
abstract class IndentedBlock(BlockParser parser) : ContainerBlock(parser)
{
    /// <summary>Spaces before the opening line: its content has as many more.</summary>
    public int Indent { get; init; }
}

abstract class IndentedBlockParser : BlockParser
{
    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        if (processor.IsBlankLine) return BlockState.Continue;
        if (!processor.IsCodeIndent)
        {
            // Closed here, or its last paragraph would swallow this line as a lazy continuation.
            processor.Close(block);
            return BlockState.None;
        }

        processor.GoToCodeIndent(Math.Min(((IndentedBlock)block).Indent, processor.Indent - 4));
        block.UpdateSpanEnd(processor.Line.End);
        return BlockState.Continue;
    }
}
