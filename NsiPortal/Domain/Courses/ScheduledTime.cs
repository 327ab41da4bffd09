using System.Globalization;

namespace NsiPortal.Domain.Courses;

/// <summary>The moment that an author names for a publication, by the clocks of Paris, as browsers send it.</summary>
public static class ScheduledTime
{
    static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>What a form shows.</summary>
    public static string Format(DateTimeOffset at) => ParisTime.FromInstant(at).ToString(Formats[0], CultureInfo.InvariantCulture);

    /// <returns>The instant, or why there is none. A time that comes twice is its first time.</returns>
    public static (DateTimeOffset? At, ScheduledTimeFault? Fault) Read(string? typed, DateTimeOffset now)
    {
        if (!DateTime.TryParseExact(typed?.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return (null, ScheduledTimeFault.Unreadable);
        if (!ParisTime.Exists(local)) return (null, ScheduledTimeFault.Skipped);
        // The first years of the calendar are before the first instant.
        if (local.Year < now.Year - 1 || ParisTime.ToInstant(local) <= now) return (null, ScheduledTimeFault.Past);
        return (ParisTime.ToInstant(local), null);
    }
}

public enum ScheduledTimeFault
{
    Unreadable,

    /// <summary>The clocks go forward over it.</summary>
    Skipped,
    Past,
}
