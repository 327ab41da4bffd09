using Markdig.Parsers;
using Markdig.Syntax;

namespace NsiPortal.Rendering.Dialect.Admonitions;

/// <summary><c>!!! type "Title"</c>, or folded with <c>???</c> (<c>???+</c>: folded, open at first), around what is indented by four spaces.</summary>
sealed class Admonition(BlockParser parser, string type) : IndentedBlock(parser)
{
    public string Type { get; } = type;
    public bool Folded { get; init; }
    public bool Open { get; init; }
}

/// <summary>The title: first child of its admonition, so that Markdig reads the Markdown in it.</summary>
sealed class AdmonitionTitle : LeafBlock
{
    public AdmonitionTitle(string text) : base(null)
    {
        ProcessInlines = true;
        IsOpen = false;
        Lines = new Markdig.Helpers.StringLineGroup(text);
    }
}
