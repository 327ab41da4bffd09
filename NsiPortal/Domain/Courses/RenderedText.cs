namespace NsiPortal.Domain.Courses;

/// <summary>What a renderer makes of a Markdown source: HTML that is safe to show to anybody, and what was learnt on the way.</summary>
public sealed record RenderedText(string Html, IReadOnlyList<TocEntry> TableOfContents, int ReadingMinutes, int RendererVersion);

/// <summary>A heading of a chapter: <paramref name="Level"/> 2 or 3, plain text, and the id of its element.</summary>
public sealed record TocEntry(int Level, string Text, string Anchor);
