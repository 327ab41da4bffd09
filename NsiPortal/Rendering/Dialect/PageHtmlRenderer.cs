using Markdig.Renderers;

namespace NsiPortal.Rendering.Dialect;

/// <summary>Markdig's HTML renderer and what must be remembered while one page is written.</summary>
sealed class PageHtmlRenderer(TextWriter writer) : HtmlRenderer(writer)
{
    readonly Dictionary<string, int> labels = [];

    /// <summary>The number of the last exercise that a macro counted.</summary>
    public int Exercises { get; set; }

    /// <summary>Code and tables scroll, so they are regions that take focus; a screen reader lists them, so no two may have one name.</summary>
    public string UniqueLabel(string label)
    {
        var count = labels[label] = labels.GetValueOrDefault(label) + 1;
        return count == 1 ? label : UniqueLabel($"{label} ({count})");
    }

    /// <summary>The renderer as our object renderers know it: Markdig hands out the base class.</summary>
    public static PageHtmlRenderer From(HtmlRenderer renderer) => (PageHtmlRenderer)renderer;
}
