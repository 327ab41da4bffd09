using System.Text.RegularExpressions;

namespace NsiPortal.Features.Shared;

/// <summary>A chapter's HTML shown elsewhere than at its own address, beside which its figures stand.</summary>
public static partial class RenderedPreview
{
    public static string Of(string html, string courseSlug) => Relative().Replace(html, $"${{start}}/cours/{courseSlug}/fichiers/");

    [GeneratedRegex("""(?<start><[a-z][^<]*?\s(src|href)=")fichiers/""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Relative();
}
