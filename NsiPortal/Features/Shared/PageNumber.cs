using System.Globalization;

namespace NsiPortal.Features.Shared;

/// <summary>The number of a page of a list, as an address has it.</summary>
static class PageNumber
{
    /// <summary>Null when it is none. One spelling per page: « 01 », « +1 » or « 1 » would be so many addresses of the first page.</summary>
    public static int? From(string? text)
    {
        if (text is null) return 1;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 1 && text[0] != '0' ? page : null;
    }
}
