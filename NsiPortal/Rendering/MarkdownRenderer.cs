using System.Globalization;
using System.Net;
using System.Text;
using Markdig;
using Microsoft.Extensions.ObjectPool;
using NsiPortal.Domain.Courses;
using NsiPortal.Rendering.Dialect;
using NsiPortal.Rendering.Dialect.Abbreviations;
using NsiPortal.Rendering.Dialect.Admonitions;
using NsiPortal.Rendering.Dialect.Attributes;
using NsiPortal.Rendering.Dialect.Code;
using NsiPortal.Rendering.Dialect.Critic;
using NsiPortal.Rendering.Dialect.Definitions;
using NsiPortal.Rendering.Dialect.Emoji;
using NsiPortal.Rendering.Dialect.Emphasis;
using NsiPortal.Rendering.Dialect.Figures;
using NsiPortal.Rendering.Dialect.Footnotes;
using NsiPortal.Rendering.Dialect.Headings;
using NsiPortal.Rendering.Dialect.Keys;
using NsiPortal.Rendering.Dialect.Macros;
using NsiPortal.Rendering.Dialect.Mathematics;
using NsiPortal.Rendering.Dialect.Tables;
using NsiPortal.Rendering.Dialect.Tabs;
using NsiPortal.Rendering.Dialect.Tasks;
using NsiPortal.Rendering.Safety;

namespace NsiPortal.Rendering;

/// <summary>
/// Markdown of NSI teachers to HTML that is safe to show to anybody. It never throws and never leaves the allow-list: a source
/// that no parser can follow (ten thousand nested quotes) is shown as it was written. One instance serves all threads.
/// </summary>
public sealed class MarkdownRenderer
{
    /// <summary>Raised whenever the same source may give other HTML: stored chapters are then rendered again at start.</summary>
    public const int Version = 3;

    /// <summary>One line per piece of the dialect; a new piece is a new extension.</summary>
    readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder()
        .UseDefinitionLists()
        .UsePipeTables()
        .UseFootnotes()
        .Use<AttributeExtension>()
        .Use<AbbreviationExtension>()
        .Use<DefinitionExtension>()
        .Use<HeadingExtension>()
        .Use<AdmonitionExtension>()
        .Use<TabExtension>()
        .Use<CodeExtension>()
        .Use<EmphasisExtension>()
        .Use<KeyExtension>()
        .Use<CriticExtension>()
        .Use<EmojiExtension>()
        .Use<MacroExtension>()
        .Use<MathExtension>()
        .Use<TableExtension>()
        .Use<FootnoteExtension>()
        .Use<TaskExtension>()
        .Use<FigureExtension>()
        .Build();

    /// <summary>A page of HTML is a large object, which would be swept with the oldest ones.</summary>
    readonly ObjectPool<StringBuilder> builders = new DefaultObjectPoolProvider().CreateStringBuilderPool(initialCapacity: 4096, maximumRetainedCapacity: 1 << 20);

    public RenderedText Render(string markdown)
    {
        var text = WellFormed(markdown);
        var (html, outline) = (AbsurdSource.Is(text) ? null : TryRender(text)) ?? ShowSource(text);
        return new RenderedText(html, outline.TableOfContents, outline.ReadingMinutes, Version);
    }

    /// <summary>The text between Markdown and the sanitiser, for the benchmark that tells what each costs.</summary>
    internal string ToUnsafeHtml(string markdown)
    {
        var html = builders.Get();
        using var writer = new StringWriter(html, CultureInfo.InvariantCulture) { NewLine = "\n" };
        var renderer = new PageHtmlRenderer(writer);
        pipeline.Setup(renderer);
        renderer.Render(Markdown.Parse(SourcePreparation.Prepare(markdown), pipeline));
        var text = writer.ToString();
        builders.Return(html);
        return text;
    }

    /// <summary>Half a surrogate pair cannot be encoded, and Markdig and .NET throw on it in several places.</summary>
    static string WellFormed(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return text;
        var wellFormed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) wellFormed.Append(rune);
        return wellFormed.ToString();
    }

    (string Html, Outline Outline)? TryRender(string markdown)
    {
        try
        {
            return HtmlSanitizer.Sanitize(ToUnsafeHtml(markdown)) is { } safe ? (safe.Html, Outline.Of(safe.Body)) : null;
        }
        // Markdig gives up on absurd nesting with an ArgumentException, and a parser's bug must not lose a teacher's text either.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    static (string Html, Outline Outline) ShowSource(string markdown)
    {
        var safe = HtmlSanitizer.Sanitize($"<pre class=\"source\" tabindex=\"0\" role=\"region\" aria-label=\"Source\">{WebUtility.HtmlEncode(markdown)}</pre>")
            ?? throw new InvalidOperationException("Escaped text is stable.");
        return (safe.Html, Outline.Of(safe.Body));
    }
}
