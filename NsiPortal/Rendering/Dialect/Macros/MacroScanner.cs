namespace NsiPortal.Rendering.Dialect.Macros;

/// <summary>Finds where <c>{{ … }}</c>, <c>{% … %}</c> and <c>{# … #}</c> end; braces inside Python strings end nothing.</summary>
static class MacroScanner
{
    /// <summary>The place behind the closing braces, or -1.</summary>
    public static int End(ReadOnlySpan<char> text)
    {
        if (text.Length < 4 || text[0] != '{') return -1;
        if (text[1] is '#' or '%')
        {
            var close = text[2..].IndexOf(text[1] == '#' ? "#}" : "%}", StringComparison.Ordinal);
            return close < 0 ? -1 : close + 4;
        }

        if (text[1] != '{') return -1;
        for (var i = 2; i < text.Length; i++)
        {
            if (text[i] is '"' or '\'') i += StringLength(text[i..]) - 1;
            else if (text[i] == '}' && i + 1 < text.Length && text[i + 1] == '}') return i + 2;
        }

        return -1;
    }

    /// <summary>The characters of a string with its quotes; a quote that is not closed on its line, such as an apostrophe, is a character.</summary>
    public static int StringLength(ReadOnlySpan<char> text)
    {
        var quote = text[0];
        if (text.Length >= 6 && text[1] == quote && text[2] == quote)
        {
            var triple = text[3..].IndexOf(text[..3], StringComparison.Ordinal);
            return triple < 0 ? 1 : triple + 6;
        }

        for (var i = 1; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == quote) return i + 1;
        }

        return 1;
    }
}
