using System.Globalization;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Features.Teach.Classes;

/// <summary>Dates of forms: what a field for date and time holds, on the clocks of Paris.</summary>
static class LocalTime
{
    static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"];

    // What SQLite's whole numbers, the calendar and a class can hold.
    static readonly DateTime First = new(2000, 1, 1);
    static readonly DateTime Last = new(2100, 1, 1);

    /// <summary>A browser without such fields lets people type: the French way is read too.</summary>
    /// <returns>False when it is no date, or when the clocks skip it; an empty field is read as null.</returns>
    public static bool TryRead(string? typed, out DateTimeOffset? instant)
    {
        instant = null;
        if (string.IsNullOrWhiteSpace(typed)) return true;
        if (!DateTime.TryParseExact(typed.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local < First || local >= Last || !ParisTime.Exists(local)) return false;
        instant = ParisTime.ToInstant(local);
        return true;
    }

    public static string? Format(DateTimeOffset? instant) => instant is { } at ? ScheduledTime.Format(at) : null;
}
