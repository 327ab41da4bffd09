using System.Globalization;

namespace NsiPortal.Features.Shared;

public static class PageNumber
{
    /// <summary>One spelling for each page: « 1 », « 01 » or « +1 » would be so many addresses of the first.</summary>
    /// <returns>1 when none is given; null when it is no page.</returns>
    public static int? From(string? text)
    {
        if (text is null) return 1;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 1 && text[0] != '0' ? page : null;
    }
}
