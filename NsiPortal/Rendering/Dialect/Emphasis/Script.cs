using System.Text;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace NsiPortal.Rendering.Dialect.Emphasis;

/// <summary>A superscript or a subscript.</summary>
sealed class ScriptInline(bool super, string text) : LeafInline
{
    public bool Super { get; } = super;
    public string Text { get; } = text;
}

/// <summary>
/// <c>2^10^</c> and <c>H~2~O</c>. As with Python-Markdown, what holds a space is no script, unless a backslash stands before it: « ~/a et ~/b » and
/// « x^2 + y^2 » are text.
/// </summary>
sealed class ScriptParser : InlineParser
{
    const int MaxLength = 200;

    public ScriptParser() => OpeningCharacters = ['^', '~'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var mark = slice.CurrentChar;
        var text = slice.AsSpan();
        if (slice.PeekCharExtra(-1) == mark || text.Length < 3 || text[1] == mark) return false;

        var content = new StringBuilder();
        var end = Math.Min(text.Length, MaxLength);
        for (var i = 1; i < end; i++)
        {
            var c = text[i];
            if (c == mark)
            {
                if (i + 1 < text.Length && text[i + 1] == mark) return false;
                processor.Inline = new ScriptInline(mark == '^', content.ToString());
                slice.Start += i + 1;
                return true;
            }

            // Code, a formula or a link inside: the text is read as it stands.
            if (char.IsWhiteSpace(c) || c is '`' or '$' or '[' or '<') return false;
            if (c == '\\' && i + 1 < end && (text[i + 1].IsAsciiPunctuation() || text[i + 1] == ' ')) c = text[++i];
            content.Append(c);
        }

        return false;
    }
}

sealed class ScriptRenderer : HtmlObjectRenderer<ScriptInline>
{
    protected override void Write(HtmlRenderer renderer, ScriptInline script) =>
        renderer.Write(script.Super ? "<sup>" : "<sub>").WriteEscape(script.Text).Write(script.Super ? "</sup>" : "</sub>");
}
