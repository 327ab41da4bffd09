using System.Text.RegularExpressions;

namespace NsiPortal.Features.Shared;

/// <summary>A chapter's HTML shown elsewhere than at its own address, beside which its figures stand.</summary>
public static partial class RenderedPreview
{
    public static string Of(string html, string courseSlug) => Relative().Replace(html, $"$1/cours/{courseSlug}/fichiers/");

    [GeneratedRegex("""(<[a-z][^<]*?\s(?:src|href)=")fichiers/""", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Relative();
}
