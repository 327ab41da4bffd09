using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace NsiPortal.Rendering.Dialect.Tabs;

/// <summary><c>=== "Title"</c> around what is indented by four spaces. Tabs that follow one another are a group.</summary>
sealed class Tab(BlockParser parser) : IndentedBlock(parser)
{
    /// <summary><c>===!</c>: the first of a new group, although a tab stands before it.</summary>
    public bool OpensGroup { get; init; }

    /// <summary><c>===+</c>: the tab that is shown first.</summary>
    public bool Chosen { get; init; }

    public bool IsFirst => OpensGroup || Sibling(-1) is null;
    public bool IsLast => Sibling(1) is not { OpensGroup: false };

    Tab? Sibling(int distance)
    {
        var place = Parent!.IndexOf(this) + distance;
        return place >= 0 && place < Parent.Count ? Parent[place] as Tab : null;
    }
}

/// <summary>The title: first child of its tab, so that Markdig reads the Markdown in it.</summary>
sealed class TabTitle : LeafBlock
{
    public TabTitle(string text) : base(null)
    {
        ProcessInlines = true;
        IsOpen = false;
        Lines = new StringLineGroup(text);
    }
}
