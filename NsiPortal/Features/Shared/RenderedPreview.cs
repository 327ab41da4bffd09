using System.Text.RegularExpressions;

namespace NsiPortal.Features.Shared;

/// <summary>A text shown to its authors elsewhere than at its own address, beside which its figures stand, and before its course is published.</summary>
public static partial class RenderedPreview
{
    public static string Of(string html, int courseId) => Relative().Replace(html, $"${{before}}/prof/cours/{courseId}/fichiers/");

    [GeneratedRegex("""(?<before><[a-z][^<]*?\s(?:src|href)=")fichiers/""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Relative();
}
