using Markdig;
using Markdig.Extensions.Emoji;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace NsiPortal.Rendering.Dialect.Emoji;

/// <summary><c>:heart:</c> by Markdig's own table of names (GitHub's), as a character; no « :) ». Icons of themes leave nothing.</summary>
sealed class EmojiExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        pipeline.InlineParsers.Insert(0, new EmojiParser(new EmojiMapping(enableSmileys: false)));
        pipeline.InlineParsers.Insert(0, new IconParser());
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) => renderer.ObjectRenderers.Add(new IconRenderer());

    sealed class IconRenderer : HtmlObjectRenderer<IconInline>
    {
        protected override void Write(HtmlRenderer renderer, IconInline icon)
        {
            // Nothing: see IconInline.
        }
    }
}
