using Markdig.Helpers;
using Markdig.Parsers;

namespace NsiPortal.Rendering.Dialect.Macros;

sealed class MacroParser : InlineParser
{
    const int MaxLength = 4000;

    public MacroParser() => OpeningCharacters = ['{'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (slice.PeekChar() is not ('{' or '#' or '%')) return false;
        var text = slice.AsSpan();
        if (text.Length > MaxLength) text = text[..MaxLength];
        var end = MacroScanner.End(text);
        if (end < 0) return false;

        var comment = text[1] == '#';
        processor.Inline = new MacroInline(comment ? "" : PlainText.Collapse(text[2..(end - 2)].ToString()));
        slice.Start += end;
        return true;
    }
}
