using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Emoji;

/// <summary>An icon of a theme that the portal does not have; it decorates, and leaves nothing.</summary>
sealed class IconInline : LeafInline;

/// <summary><c>:material-check:</c>, <c>:fontawesome-solid-key:</c> and the like.</summary>
sealed class IconParser : InlineParser
{
    const int MaxLength = 80;
    static readonly string[] Families = [":material-", ":fontawesome-", ":octicons-", ":simple-"];

    public IconParser() => OpeningCharacters = [':'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        if (text.Length < 10 || text[1] is not ('m' or 'f' or 'o' or 's')) return false;
        foreach (var family in Families)
        {
            if (!text.StartsWith(family, StringComparison.Ordinal)) continue;
            var length = text[1..].IndexOfAnyExcept(NameCharacters) + 1;
            if (length <= family.Length || length > MaxLength || text[length] != ':') return false;
            processor.Inline = new IconInline();
            slice.Start += length + 1;
            return true;
        }

        return false;
    }

    static readonly System.Buffers.SearchValues<char> NameCharacters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
}
