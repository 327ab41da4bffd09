using System.Buffers;
using Markdig;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Abbreviations;

/// <summary>Letters whose meaning is shown on demand.</summary>
sealed class AbbreviationInline(string label, string meaning) : LeafInline
{
    public string Label { get; } = label;
    public string Meaning { get; } = meaning;
}

/// <summary>
/// Abbreviations. Not Markdig's, which sees none behind a parenthesis or an apostrophe. They are looked for once the document is parsed,
/// in its texts only, and only in a document that has some.
/// </summary>
sealed class AbbreviationExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        pipeline.BlockParsers.Insert(0, new AbbreviationParser());
        pipeline.DocumentProcessed += Explain;
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) => renderer.ObjectRenderers.Add(new AbbreviationRenderer());

    static void Explain(MarkdownDocument document)
    {
        if (document.GetData(AbbreviationParser.Key) is not Dictionary<string, string> meanings) return;
        var labels = SearchValues.Create([.. meanings.Keys], StringComparison.Ordinal);
        foreach (var literal in document.Descendants<LiteralInline>().Where(literal => literal.Content.AsSpan().ContainsAny(labels) && !IsAlternativeText(literal)).ToList())
            Explain(literal, meanings, labels);
    }

    static void Explain(LiteralInline literal, Dictionary<string, string> meanings, SearchValues<string> labels)
    {
        var text = literal.Content;
        var written = text.Start;
        // Behind one another: Markdig's InsertBefore leaves a list that cannot be read backwards.
        Inline last = literal;
        for (var from = text.Start; from <= text.End;)
        {
            var found = text.Text.AsSpan(from..(text.End + 1)).IndexOfAny(labels);
            if (found < 0) break;
            var start = from + found;
            var label = meanings.Keys.Where(key => text.Text.AsSpan(start..(text.End + 1)).StartsWith(key, StringComparison.Ordinal)).MaxBy(key => key.Length)!;
            from = start + label.Length;
            if (IsInWord(text.Text, start - 1, text.Start) || (from <= text.End && IsInWord(text.Text, from, text.Start))) continue;

            if (start > written) Add(new LiteralInline(new StringSlice(text.Text, written, start - 1)));
            Add(new AbbreviationInline(label, meanings[label]));
            written = from;
        }

        if (written == text.Start) return;
        if (written <= text.End) Add(new LiteralInline(new StringSlice(text.Text, written, text.End)));
        literal.Remove();

        void Add(Inline inline)
        {
            last.InsertAfter(inline);
            last = inline;
        }
    }

    static bool IsInWord(string text, int index, int first) => index >= first && (char.IsLetterOrDigit(text[index]) || text[index] == '_');

    static bool IsAlternativeText(Inline inline)
    {
        for (var parent = inline.Parent; parent is not null; parent = parent.Parent)
            if (parent is LinkInline { IsImage: true }) return true;
        return false;
    }

    sealed class AbbreviationRenderer : HtmlObjectRenderer<AbbreviationInline>
    {
        protected override void Write(HtmlRenderer renderer, AbbreviationInline abbreviation) =>
            renderer.Write("<abbr title=\"").WriteEscape(abbreviation.Meaning).Write("\">").WriteEscape(abbreviation.Label).Write("</abbr>");
    }
}
