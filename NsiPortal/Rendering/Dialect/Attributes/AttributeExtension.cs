using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Attributes;

/// <summary>
/// Attribute lists as Python-Markdown places them: behind a link, an image, code or an emphasis it is theirs; at the end of a heading or of a cell, or
/// alone on the last line of a paragraph, it is that block's. A list that belongs to nothing is text again.
/// </summary>
sealed class AttributeExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        pipeline.InlineParsers.Insert(0, new AttributeParser());
        pipeline.DocumentProcessed += Place;
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        // Each renderer writes the attributes of its own.
    }

    static void Place(MarkdownDocument document)
    {
        if (document.GetData(AttributeParser.Key) is not List<AttributeListInline> lists) return;
        foreach (var list in lists.Where(list => list.Parent is not null)) Place(list);
    }

    static void Place(AttributeListInline list)
    {
        var previous = list.PreviousSibling;
        // A space between the two is a slip that many make.
        if (previous is LiteralInline { Content.Length: 1 } space && space.Content.CurrentChar == ' ' && IsElement(space.PreviousSibling)) previous = space.PreviousSibling;
        if (IsElement(previous))
        {
            Give(previous!, list);
        }
        else if (list.NextSibling is null && list.Parent is { ParentBlock: { } block } && Owner(block, list) is { } owner)
        {
            if (previous is LineBreakInline) previous.Remove();
            else if (previous is LiteralInline text) text.Content.TrimEnd();
            if (previous is null && owner is ParagraphBlock alone) alone.Parent?.Remove(alone);
            else Give(owner, list);
        }
        else
        {
            list.ReplaceBy(new LiteralInline(list.Source));
        }
    }

    static bool IsElement(Inline? inline) => inline is not (null or LiteralInline or LineBreakInline or HtmlInline or HtmlEntityInline or AttributeListInline or DelimiterInline);

    static MarkdownObject? Owner(LeafBlock block, AttributeListInline list) => block switch
    {
        HeadingBlock when list.SpaceBefore => block,
        { Parent: TableCell cell } when list.SpaceBefore && list.PreviousSibling is not null => cell,
        ParagraphBlock when list.PreviousSibling is LineBreakInline or null => block,
        _ => null,
    };

    static void Give(MarkdownObject owner, AttributeListInline list)
    {
        list.Attributes.CopyTo(owner.GetAttributes(), mergeIdAndProperties: true);
        list.Remove();
    }
}
