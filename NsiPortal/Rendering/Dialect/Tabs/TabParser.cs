using Markdig.Parsers;
using Markdig.Syntax;

namespace NsiPortal.Rendering.Dialect.Tabs;

sealed class TabParser : IndentedBlockParser
{
    public TabParser() => OpeningCharacters = ['='];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent || !TryRead(processor.Line.AsSpan(), out var title, out var opensGroup, out var chosen)) return BlockState.None;
        processor.NewBlocks.Push(new Tab(this)
        {
            OpensGroup = opensGroup,
            Chosen = chosen,
            Indent = processor.Indent,
            Column = processor.Column,
            Span = new SourceSpan(processor.Start, processor.Line.End),
        });
        ((Tab)processor.NewBlocks.Peek()).Add(new TabTitle(title));
        return BlockState.ContinueDiscard;
    }

    /// <summary><c>===</c>, a mark (<c>!</c> opens a group, <c>+</c> chooses the tab that is shown first), the title between quotes.</summary>
    static bool TryRead(ReadOnlySpan<char> line, out string title, out bool opensGroup, out bool chosen)
    {
        (title, opensGroup, chosen) = ("", false, false);
        if (!line.StartsWith("===", StringComparison.Ordinal)) return false;
        var rest = line[3..];
        var marks = rest.IndexOfAnyExcept('!', '+');
        if (marks is < 0 or > 2) return false;
        opensGroup = rest[..marks].Contains('!');
        chosen = rest[..marks].Contains('+');
        if (rest[marks] != ' ') return false;
        rest = rest[marks..].Trim();
        if (rest.Length < 2 || rest[0] is not ('"' or '\'') || rest[^1] != rest[0]) return false;
        title = rest[1..^1].Trim().ToString();
        // A group needs a name for each of its tabs.
        if (title.Length == 0) title = "…";
        return true;
    }
}
