namespace NsiPortal.Rendering.Dialect.Admonitions;

/// <summary>
/// The opening line: the mark, one or more words of which the first is the type, a title between double quotes. <see cref="Title"/>
/// is null when there is none, which is not the same as an empty one.
/// </summary>
readonly record struct AdmonitionLine(bool Folded, bool Open, string Type, string? Title)
{
    public static bool TryRead(ReadOnlySpan<char> text, out AdmonitionLine line)
    {
        line = default;
        var folded = text.StartsWith("???", StringComparison.Ordinal);
        if (!folded && !text.StartsWith("!!!", StringComparison.Ordinal)) return false;

        var rest = text[3..];
        var open = folded && rest.StartsWith("+", StringComparison.Ordinal);
        if (open) rest = rest[1..];
        rest = rest.Trim();

        string? title = null;
        if (rest.Length >= 2 && rest[^1] == '"')
        {
            var quote = rest.IndexOf('"');
            if (quote == rest.Length - 1) return false;
            title = rest[(quote + 1)..^1].Trim().ToString();
            rest = rest[..quote].TrimEnd();
        }

        // Folded blocks are often written with a title alone.
        if (rest.IsEmpty && (title is null || !folded)) return false;
        foreach (var c in rest)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or ' ')) return false;
        }

        var space = rest.IndexOf(' ');
        var type = rest.IsEmpty ? "note" : (space < 0 ? rest : rest[..space]).ToString();
        line = new AdmonitionLine(folded, open, type, title);
        return true;
    }
}
