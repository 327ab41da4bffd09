using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Mathematics;

/// <summary>A formula inside a text; <paramref name="display"/> is true for <c>$$…$$</c> and <c>\[…\]</c>, which want a line of their own.</summary>
sealed class MathInline(string tex, bool display) : LeafInline
{
    /// <summary>Under which a document knows that it has one on a line of its own.</summary>
    public static readonly object Displayed = new();

    public string Tex { get; } = tex;
    public bool Display { get; } = display;
}

/// <summary>A formula on lines of its own.</summary>
sealed class MathBlock(BlockParser? parser) : LeafBlock(parser)
{
    /// <summary>The source without its delimiters; null until the closing one is found.</summary>
    public string? Tex { get; set; }

    /// <summary>The lines read so far, delimiters included.</summary>
    public List<string> Source { get; } = [];
}
