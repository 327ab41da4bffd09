using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Macros;

/// <summary>A call that another site would have replaced by what its program makes. Nothing of it is ever run here.</summary>
sealed class MacroInline(string source) : LeafInline
{
    /// <summary>What stands between the braces.</summary>
    public string Source { get; } = source;

    /// <summary>The name that is called: « IDE » for « IDE('scripts/tri') ».</summary>
    public string Name { get; } = source[..(source.AsSpan().IndexOfAnyExcept(NameCharacters) is >= 0 and var end ? end : source.Length)];

    /// <summary>Whether it leaves nothing on the page: a comment, the number from which exercises are counted.</summary>
    public bool IsSilent => Source.Length == 0 || Name == "initexo";

    static readonly System.Buffers.SearchValues<char> NameCharacters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");
}
