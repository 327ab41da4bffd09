using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Mathematics;

sealed class MathExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        pipeline.BlockParsers.Insert(0, new MathBlockParser());
        // Before Markdig's own reading of « \( » as an escaped parenthesis.
        pipeline.InlineParsers.Insert(0, new MathInlineParser());
        pipeline.DocumentProcessed += SplitParagraphs;
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        renderer.ObjectRenderers.Add(new MathInlineRenderer());
        renderer.ObjectRenderers.Add(new MathBlockRenderer());
    }

    /// <summary>A displayed formula amid a paragraph is a block, which HTML does not allow in a paragraph: the text goes on in a new one.</summary>
    static void SplitParagraphs(MarkdownDocument document)
    {
        if (!document.ContainsData(MathInline.Displayed)) return;
        var split = document.Descendants<ParagraphBlock>().Where(p => p.Inline?.Any(i => i is MathInline { Display: true }) == true).ToList();
        foreach (var paragraph in split)
        {
            var parent = paragraph.Parent!;
            var position = parent.IndexOf(paragraph);
            parent.RemoveAt(position);

            var text = new ContainerInline();
            foreach (var inline in paragraph.Inline!.ToList())
            {
                inline.Remove();
                if (inline is MathInline { Display: true } math)
                {
                    AddText();
                    parent.Insert(position++, new MathBlock(null) { Tex = math.Tex, IsOpen = false });
                }
                else if (inline is not LineBreakInline || text.FirstChild is not null)
                {
                    text.AppendChild(inline);
                }
            }

            AddText();

            void AddText()
            {
                if (text.LastChild is LineBreakInline end) end.Remove();
                if (text.FirstChild is LiteralInline first) first.Content.TrimStart();
                if (text.LastChild is LiteralInline last) last.Content.TrimEnd();
                if (text.FirstChild is null or LiteralInline { NextSibling: null, Content.IsEmpty: true }) return;
                parent.Insert(position++, new ParagraphBlock { IsOpen = false, Inline = text });
                text = new ContainerInline();
            }
        }
    }
}
