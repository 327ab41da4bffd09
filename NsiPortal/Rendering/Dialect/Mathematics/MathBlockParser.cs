using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace NsiPortal.Rendering.Dialect.Mathematics;

/// <summary>
/// <c>\[ … \]</c> and <c>$$ … $$</c> that begin and end a line. It must be a block, because a formula's line may begin with
/// « - » or « = », which inside a paragraph would start a list. TeX allows no blank line in a formula: one gives the lines back as a paragraph.
/// </summary>
sealed class MathBlockParser : BlockParser
{
    public MathBlockParser() => OpeningCharacters = ['\\', '$'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent) return BlockState.None;
        var line = processor.Line.ToString();
        if (!line.StartsWith(@"\[", StringComparison.Ordinal) && !line.StartsWith("$$", StringComparison.Ordinal)) return BlockState.None;

        var block = new MathBlock(this) { Column = processor.Column, Span = new SourceSpan(processor.Start, processor.Line.End) };
        block.Source.Add(line);
        var end = line.IndexOf(Closing(block), 2, StringComparison.Ordinal);
        if (end >= 0 && !Ends(block, line, end)) return BlockState.None;

        processor.NewBlocks.Push(block);
        return end >= 0 ? BlockState.BreakDiscard : BlockState.ContinueDiscard;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        if (processor.IsBlankLine) return BlockState.None;

        var math = (MathBlock)block;
        var line = processor.Line.ToString();
        math.Source.Add(line);
        block.UpdateSpanEnd(processor.Line.End);
        var end = line.IndexOf(Closing(math), StringComparison.Ordinal);
        return end >= 0 && Ends(math, line, end) ? BlockState.BreakDiscard : BlockState.ContinueDiscard;
    }

    public override bool Close(BlockProcessor processor, Block block)
    {
        var math = (MathBlock)block;
        if (math.Tex is null && math.Parent is { } parent)
        {
            parent[parent.IndexOf(math)] = new ParagraphBlock
            {
                IsOpen = false,
                ProcessInlines = true,
                Lines = new StringLineGroup(string.Join('\n', math.Source)),
            };
        }

        return true;
    }

    static string Closing(MathBlock math) => math.Source[0][0] == '$' ? "$$" : @"\]";

    /// <summary>Closes the formula if nothing but spaces follows the delimiter, and something precedes it.</summary>
    static bool Ends(MathBlock math, string lastLine, int end)
    {
        if (!string.IsNullOrWhiteSpace(lastLine[(end + 2)..])) return false;
        var source = string.Join('\n', math.Source);
        var tex = source[2..(source.Length - lastLine.Length + end)].Trim();
        if (tex.Length == 0) return false;
        math.Tex = tex;
        return true;
    }
}
