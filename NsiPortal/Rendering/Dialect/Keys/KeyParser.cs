using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Keys;

/// <summary>Keys that are pressed together.</summary>
sealed class KeysInline(IReadOnlyList<string> labels) : LeafInline
{
    public IReadOnlyList<string> Labels { get; } = labels;
}

/// <summary><c>++ctrl+c++</c>; a key may be text between quotes: <c>++"Menu"+"é"++</c>.</summary>
sealed class KeyParser : InlineParser
{
    const int MaxLength = 200;

    public KeyParser() => OpeningCharacters = ['+'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        if (text.Length > MaxLength) text = text[..MaxLength];
        if (slice.PeekCharExtra(-1) == '+' || !text.StartsWith("++", StringComparison.Ordinal)) return false;

        var labels = new List<string>();
        for (var i = 2; i < text.Length;)
        {
            if (Key(text[i..]) is not { } key) return false;
            labels.Add(key.Label);
            i += key.Length;
            if (i >= text.Length || text[i] != '+') return false;
            if (i + 1 < text.Length && text[i + 1] == '+')
            {
                if (i + 2 < text.Length && text[i + 2] == '+') return false;
                processor.Inline = new KeysInline(labels);
                slice.Start += i + 2;
                return true;
            }

            i++;
        }

        return false;
    }

    static (string Label, int Length)? Key(ReadOnlySpan<char> text)
    {
        if (text[0] is '"' or '\'')
        {
            var close = text[1..].IndexOf(text[0]);
            return close > 0 ? (text[1..(close + 1)].ToString(), close + 2) : null;
        }

        var length = 0;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] is '-' or '_')) length++;
        return length == 0 ? null : (KeyNames.Of(text[..length].ToString()), length);
    }
}
