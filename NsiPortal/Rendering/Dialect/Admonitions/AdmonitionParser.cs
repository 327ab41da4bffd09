using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace NsiPortal.Rendering.Dialect.Admonitions;

sealed class AdmonitionParser : IndentedBlockParser
{
    public AdmonitionParser() => OpeningCharacters = ['!', '?'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent || !AdmonitionLine.TryRead(processor.Line.AsSpan(), out var line)) return BlockState.None;

        var admonition = new Admonition(this, line.Type)
        {
            Folded = line.Folded,
            Open = line.Open,
            Indent = processor.Indent,
            Column = processor.Column,
            Span = new SourceSpan(processor.Start, processor.Line.End),
        };
        // A summary cannot be left out: without it browsers write their own.
        var title = line.Title is null || (line.Folded && line.Title.Length == 0) ? AdmonitionTypes.TitleOf(line.Type) : line.Title;
        if (title.Length > 0) admonition.Add(new AdmonitionTitle(title));

        processor.NewBlocks.Push(admonition);
        return BlockState.ContinueDiscard;
    }
}
