using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace NsiPortal.Rendering.Dialect.Keys;

sealed class KeyExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.InlineParsers.Insert(0, new KeyParser());

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) => renderer.ObjectRenderers.Add(new KeysRenderer());

    sealed class KeysRenderer : HtmlObjectRenderer<KeysInline>
    {
        protected override void Write(HtmlRenderer renderer, KeysInline keys)
        {
            renderer.Write("<span class=\"keys\">");
            for (var i = 0; i < keys.Labels.Count; i++)
                renderer.Write(i == 0 ? "<kbd>" : "<span>+</span><kbd>").WriteEscape(keys.Labels[i]).Write("</kbd>");
            renderer.Write("</span>");
        }
    }
}
