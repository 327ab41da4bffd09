namespace NsiPortal.Exchange;

/// <summary>The YAML between two lines of three dashes at the top of a Markdown file, and one empty line after it.</summary>
static class FrontMatter
{
    const string Dashes = "---\n";

    /// <summary>The two parts of a text with <c>\n</c> line ends; null without front matter.</summary>
    public static (string Yaml, string Markdown)? Split(string text)
    {
        // The last line needs no end.
        if (!text.EndsWith('\n') && text.EndsWith("\n---", StringComparison.Ordinal) && text.IndexOf("\n" + Dashes, StringComparison.Ordinal) < 0) text += "\n";
        if (!text.StartsWith(Dashes, StringComparison.Ordinal)) return null;
        var end = text.IndexOf("\n" + Dashes, StringComparison.Ordinal);
        if (end < 0) return null;
        var yaml = end < Dashes.Length ? "" : text[Dashes.Length..(end + 1)];
        var markdown = text[(end + 1 + Dashes.Length)..];
        // Only the one: those that follow belong to the text.
        return (yaml, markdown.StartsWith('\n') ? markdown[1..] : markdown);
    }

    public static string Join(string yaml, string markdown) => $"{Dashes}{yaml}{Dashes}\n{markdown}";
}
