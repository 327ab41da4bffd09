using Markdig;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Rendering;

public sealed class MarkdownRenderer
{
    public const int Version = 1;

    public RenderedText Render(string markdown) => new(Markdig.Markdown.ToHtml(markdown, new MarkdownPipelineBuilder().DisableHtml().Build()), [], 1, Version);
}
