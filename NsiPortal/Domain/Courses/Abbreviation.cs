using NsiPortal.Domain.Search;

namespace NsiPortal.Domain.Courses;

/// <summary>Letters that a chapter uses, and what it says they mean.</summary>
public sealed record Abbreviation(string Label, string Meaning)
{
    /// <summary>What the HTML of a chapter holds if it explains any.</summary>
    public const string Mark = "<abbr title=\"";

    const string End = "</abbr>";

    /// <summary>Those that a chapter explains, read from its HTML as it is stored: attributes are in double quotes, and what is opened is closed.</summary>
    public static IReadOnlySet<Abbreviation> In(string html)
    {
        var found = new HashSet<Abbreviation>();
        var rest = html.AsSpan();
        for (var at = rest.IndexOf(Mark, StringComparison.Ordinal); at >= 0; at = rest.IndexOf(Mark, StringComparison.Ordinal))
        {
            rest = rest[(at + Mark.Length)..];
            var (quote, end) = (rest.IndexOf('"'), rest.IndexOf(End, StringComparison.Ordinal));
            if (quote < 0 || end < quote) continue;
            var abbreviation = new Abbreviation(HtmlText.Of($"<abbr {rest[(quote + 1)..end]}"), HtmlText.Of(rest[..quote].ToString()));
            if (abbreviation is { Label.Length: > 0, Meaning.Length: > 0 }) found.Add(abbreviation);
        }

        return found;
    }
}
