namespace NsiPortal.Exchange;

/// <summary>The YAML between two lines of three dashes at the top of a Markdown file.</summary>
static class FrontMatter
{
    const string Dashes = "---\n";

    /// <summary>The two parts of a text with <c>\n</c> line ends; null without front matter.</summary>
    public static (string Yaml, string Markdown)? Split(string text)
    {
        if (!text.StartsWith(Dashes, StringComparison.Ordinal)) return null;
        var end = text.IndexOf("\n" + Dashes, StringComparison.Ordinal);
        if (end < 0) return null;
        var yaml = end < Dashes.Length ? "" : text[Dashes.Length..(end + 1)];
        return (yaml, text[(end + 1 + Dashes.Length)..].TrimStart('\n'));
    }
}
