namespace NsiPortal.Domain.Courses;

/// <summary>The clock on a French classroom's wall. Instants are stored in UTC; people write and read this.</summary>
public static class ParisTime
{
    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>
    /// The instant at which the wall clock shows <paramref name="local"/>. A time that the change to summer time skips is taken as the instant of the
    /// change's other side (2:30 is 3:30); one that comes twice in autumn is its first time, so that nothing that was promised comes late.
    /// </summary>
    public static DateTimeOffset ToInstant(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = Zone.IsInvalidTime(local) ? Zone.GetUtcOffset(local.AddHours(-1))
            : Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max()
            : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>Whether the wall clock ever shows it: on the last Sunday of March it goes from 2:00 to 3:00.</summary>
    public static bool Exists(DateTime local) => !Zone.IsInvalidTime(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));

    /// <summary>What the wall clock shows at an instant.</summary>
    public static DateTime FromInstant(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;
}
