using Markdig.Helpers;
using Markdig.Parsers;

namespace NsiPortal.Rendering.Dialect.Mathematics;

/// <summary>
/// <c>$…$</c>, <c>$$…$$</c>, <c>\(…\)</c> and <c>\[…\]</c> inside a paragraph. A dollar that is a price (« 5 $ », « 10$ ») opens
/// nothing: an opening one has no digit before it and no space or punctuation after it, a closing one no space before and no digit after.
/// </summary>
sealed class MathInlineParser : InlineParser
{
    /// <summary>Longer than any formula in a text; it keeps a page of lone delimiters from being read to its end once for each.</summary>
    const int MaxLength = 2000;

    public MathInlineParser() => OpeningCharacters = ['$', '\\'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var before = slice.PeekCharExtra(-1);
        var text = slice.AsSpan();
        if (text.Length > MaxLength) text = text[..MaxLength];
        var next = text.Length > 1 ? text[1] : '\0';

        var dollar = text[0] == '$';
        if (dollar ? before == '$' || char.IsAsciiDigit(before) : next is not ('(' or '[')) return false;

        var display = next is '$' or '[';
        var open = dollar && !display ? 1 : 2;
        var end = dollar ? FindDollar(text, open) : FindBackslash(text, next);
        if (end < 0) return false;

        var tex = text[open..end].Trim().ToString();
        if (tex.Length == 0) return false;
        processor.Inline = new MathInline(tex, display);
        if (display) processor.Document.SetData(MathInline.Displayed, true);
        slice.Start += end + open;
        return true;
    }

    static int FindDollar(ReadOnlySpan<char> text, int length)
    {
        if (length == 1 && (text.Length < 3 || char.IsWhiteSpace(text[1]) || ",.;:!?)".Contains(text[1], StringComparison.Ordinal))) return -1;
        for (var i = length; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '$')
            {
                var after = i + 1 < text.Length ? text[i + 1] : '\0';
                var closes = length == 2 ? after == '$' : !char.IsWhiteSpace(text[i - 1]) && !char.IsAsciiDigit(after);
                return closes ? i : -1;
            }
        }

        return -1;
    }

    static int FindBackslash(ReadOnlySpan<char> text, char opening)
    {
        var closing = opening == '(' ? ')' : ']';
        for (var i = 2; i + 1 < text.Length; i++)
        {
            if (text[i] != '\\') continue;
            if (text[i + 1] == closing) return i;
            if (text[i + 1] == opening) return -1;
            i++;
        }

        return -1;
    }
}
