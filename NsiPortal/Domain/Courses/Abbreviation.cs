using System.Net;
using System.Text.RegularExpressions;

namespace NsiPortal.Domain.Courses;

/// <summary>Letters that a chapter uses, and what it says they mean.</summary>
public sealed partial record Abbreviation(string Label, string Meaning)
{
    /// <summary>What the HTML of a chapter holds if it explains any.</summary>
    public const string Mark = "<abbr title=\"";

    /// <summary>Those that a chapter explains, read from its HTML as it is stored.</summary>
    public static IReadOnlySet<Abbreviation> In(string html) => !html.Contains(Mark, StringComparison.Ordinal) ? new HashSet<Abbreviation>()
        : Explained().Matches(html).Select(found => new Abbreviation(Plain(Tag().Replace(found.Groups["label"].Value, "")), Plain(found.Groups["meaning"].Value)))
            .Where(abbreviation => abbreviation is { Label.Length: > 0, Meaning.Length: > 0 }).ToHashSet();

    static string Plain(string html) => WebUtility.HtmlDecode(html).Trim();

    [GeneratedRegex($"""{Mark}(?<meaning>[^"]*)"[^>]*>(?<label>.*?)</abbr>""", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Explained();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
