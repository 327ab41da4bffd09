using System.Globalization;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Exchange;

/// <summary>
/// The instant of a publication as a header writes it: what the clock shows in Paris, <c>2026-12-01 08:00</c>. Seconds follow where there are
/// some, and the offset in the one hour of the year that comes twice.
/// </summary>
static class PublicationTime
{
    static readonly string[] Local = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];
    static readonly string[] WithOffset = [.. Local.Select(format => format + " zzz")];

    public static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? InRange(instant.ToUniversalTime())
        // The offsets of Paris were not always whole minutes.
        : DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year >= FirstYear ? InRange(ParisTime.ToInstant(local))
        : null;

    public static string Format(DateTimeOffset instant)
    {
        var local = ParisTime.FromInstant(instant);
        var format = Local[local.Ticks % TimeSpan.TicksPerSecond != 0 ? 2 : local.Second != 0 ? 1 : 0];
        return ParisTime.ToInstant(local) == instant
            ? local.ToString(format, CultureInfo.InvariantCulture)
            : new DateTimeOffset(local, local - instant.UtcDateTime).ToString(format + " zzz", CultureInfo.InvariantCulture);
    }

    const int FirstYear = 2000;
    const int LastYear = 2199;

    static DateTimeOffset? InRange(DateTimeOffset instant) => instant.Year is >= FirstYear and <= LastYear ? instant : null;
}
