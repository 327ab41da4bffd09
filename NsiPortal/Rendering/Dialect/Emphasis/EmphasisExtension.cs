using Markdig;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Emphasis;

/// <summary><c>==marked==</c>, <c>^^inserted^^</c>, <c>~~deleted~~</c>, and <c>^super^</c> and <c>~sub~</c>script, which hold no space. A comparison such as « a==b » is text.</summary>
sealed class EmphasisExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        var emphasis = pipeline.InlineParsers.FindExact<EmphasisInlineParser>()!;
        foreach (var mark in (ReadOnlySpan<char>)['=', '^', '~']) emphasis.EmphasisDescriptors.Add(new EmphasisDescriptor(mark, 2, 2, enableWithinWord: false));
        pipeline.InlineParsers.InsertBefore<EmphasisInlineParser>(new ScriptParser());
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        var emphasis = renderer.ObjectRenderers.FindExact<EmphasisInlineRenderer>()!;
        var usual = emphasis.GetTag;
        emphasis.GetTag = inline => Tag(inline) ?? usual(inline);
        renderer.ObjectRenderers.Add(new ScriptRenderer());
    }

    static string? Tag(EmphasisInline emphasis) => emphasis.DelimiterChar switch { '=' => "mark", '^' => "ins", '~' => "del", _ => null };
}
