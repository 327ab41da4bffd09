using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Rendering.Dialect.Headings;

/// <summary>
/// Levels and anchors. The page's own title is its h1, so a source that uses <c>#</c> moves down by one level. Anchors are slugs, unique
/// in the page; ids of the page's layout begin with <c>p-</c>, so « p-uplets » gets a word before it.
/// </summary>
sealed class HeadingExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.DocumentProcessed += Number;

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) =>
        renderer.ObjectRenderers.Replace<Markdig.Renderers.Html.HeadingRenderer>(new HeadingRenderer());

    static void Number(MarkdownDocument document)
    {
        var headings = document.Descendants<HeadingBlock>().ToList();
        var shift = headings.Any(h => h.Level == 1) ? 1 : 0;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var heading in headings)
        {
            heading.Level = Math.Min(6, heading.Level + shift);
            heading.GetAttributes().Id = Anchor(heading.TryGetAttributes()?.Id ?? Slug.From(PlainText.Of(heading.Inline)), taken, last);
        }
    }

    static string Anchor(string slug, HashSet<string> taken, Dictionary<string, int> last)
    {
        if (slug.Length == 0) slug = "section";
        if (slug.StartsWith("p-", StringComparison.Ordinal)) slug = $"section-{slug}";
        var anchor = slug;
        while (!taken.Add(anchor)) anchor = $"{slug}-{last[slug] = last.GetValueOrDefault(slug, 1) + 1}";
        return anchor;
    }

    sealed class HeadingRenderer : HtmlObjectRenderer<HeadingBlock>
    {
        protected override void Write(HtmlRenderer renderer, HeadingBlock heading)
        {
            var anchor = heading.GetAttributes().Id!;
            renderer.EnsureLine();
            var level = (char)('0' + heading.Level);
            renderer.Write("<h").Write(level).Write(" id=\"").Write(anchor).Write("\">");
            renderer.WriteLeafInline(heading);
            renderer.Write(" <a class=\"anchor\" href=\"#").Write(anchor).Write("\" aria-label=\"Lien vers « ")
                .WriteEscape(PlainText.Of(heading.Inline))
                .Write(" »\">#</a></h").Write(level).WriteLine(">");
        }
    }
}
