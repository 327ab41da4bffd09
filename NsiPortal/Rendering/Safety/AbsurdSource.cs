namespace NsiPortal.Rendering.Safety;

/// <summary>
/// Sources that would keep a parser busy for seconds and that no chapter resembles. Markdig reads the rest of a paragraph again for
/// each link that it cannot close, and the whole stack of blocks for each marker of a line.
/// </summary>
static class AbsurdSource
{
    const int MaxLength = 1_000_000;

    /// <summary>Links times characters: five thousand links in a source of 100 KB.</summary>
    const long MaxLinkCost = 500_000_000;
    const int MaxMarkers = 300;

    public static bool Is(string markdown) =>
        markdown.Length > MaxLength || (long)markdown.AsSpan().Count("](") * markdown.Length > MaxLinkCost || HasLineOfMarkers(markdown);

    /// <summary>A line that opens hundreds of quotations or lists at once; a long rule (« ----- ») does not: its marks are not apart.</summary>
    static bool HasLineOfMarkers(string markdown)
    {
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            var markers = 0;
            for (var i = 0; i < line.Length && line[i] is ' ' or '\t' or '>' or '-' or '+' or '*' or '.' or ')' or (>= '0' and <= '9'); i++)
            {
                if (line[i] == '>' || (i > 0 && line[i] is ' ' or '\t' && line[i - 1] is not (' ' or '\t'))) markers++;
            }

            if (markers > MaxMarkers) return true;
        }

        return false;
    }
}
