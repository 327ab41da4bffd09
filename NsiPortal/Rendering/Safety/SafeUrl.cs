using System.Text;

namespace NsiPortal.Rendering.Safety;

/// <summary>
/// Addresses that an author may write, in the form in which they are shown: without the control characters that browsers skip when they
/// look for a scheme. Given decoded attribute values, so entities hide nothing.
/// </summary>
static class SafeUrl
{
    static readonly string[] LinkSchemes = ["http", "https", "mailto"];

    /// <summary>The address of a link, or null when its scheme is not allowed.</summary>
    public static string? Link(string value)
    {
        var url = Clean(value);
        return Scheme(url) is not { } scheme || LinkSchemes.Contains(scheme, StringComparer.OrdinalIgnoreCase) ? url : null;
    }

    /// <summary>The address of an image, or null when it would be asked of another host: reading a page tells no third party.</summary>
    public static string? Image(string value)
    {
        var url = Clean(value);
        return url.Length == 0 || Scheme(url) is not null || StartsWithHost(url) ? null : url;
    }

    /// <summary>Whether a cleaned address leads to another host.</summary>
    public static bool LeavesSite(string url) =>
        StartsWithHost(url) || Scheme(url) is { } scheme && scheme.StartsWith("http", StringComparison.OrdinalIgnoreCase);

    static string Clean(string value)
    {
        var url = new StringBuilder(value.Length);
        foreach (var rune in value.AsSpan().Trim(" \t\r\n\f").EnumerateRunes())
        {
            if (rune.Value is ' ') url.Append("%20");
            else if (!Rune.IsControl(rune) && rune != Rune.ReplacementChar) url.Append(rune);
        }

        var cleaned = url.ToString();
        // In a course's folder the figures lie in figures/; the portal serves a course's files under fichiers/.
        if (cleaned.StartsWith("./", StringComparison.Ordinal)) cleaned = cleaned[2..];
        return cleaned.StartsWith("figures/", StringComparison.Ordinal) ? "fichiers/" + cleaned["figures/".Length..] : cleaned;
    }

    static string? Scheme(string url)
    {
        var end = url.AsSpan().IndexOfAny(":/?#\\");
        return end >= 0 && url[end] == ':' ? url[..end] : null;
    }

    /// <summary><c>//host</c>, which browsers also read in <c>/\host</c> and <c>\\host</c>.</summary>
    static bool StartsWithHost(string url) => url.Length > 1 && url[0] is '/' or '\\' && url[1] is '/' or '\\';
}
