namespace NsiPortal.Domain.Learning;

/// <summary>
/// The school holidays of metropolitan France without Corsica, as the ministry of education publishes them
/// (https://www.education.gouv.fr/calendrier-scolaire-100148). To be extended by a school year before it begins: until then its holidays but the
/// summer's are taken for days of school.
/// </summary>
public static class SchoolHolidays
{
    /// <summary>In time's order, without a gap: what lies between two of them, from the first to the last, is known to be school.</summary>
    public static IReadOnlyList<SchoolHoliday> All { get; } =
    [
        new(Zones.All, new(2025, 7, 5), new(2025, 8, 31)),

        new(Zones.All, new(2025, 10, 18), new(2025, 11, 2)),
        new(Zones.All, new(2025, 12, 20), new(2026, 1, 4)),
        new(Zones.A, new(2026, 2, 7), new(2026, 2, 22)),
        new(Zones.B, new(2026, 2, 14), new(2026, 3, 1)),
        new(Zones.C, new(2026, 2, 21), new(2026, 3, 8)),
        new(Zones.A, new(2026, 4, 4), new(2026, 4, 19)),
        new(Zones.B, new(2026, 4, 11), new(2026, 4, 26)),
        new(Zones.C, new(2026, 4, 18), new(2026, 5, 3)),
        new(Zones.All, new(2026, 5, 14), new(2026, 5, 17)),
        new(Zones.All, new(2026, 7, 4), new(2026, 8, 31)),

        new(Zones.All, new(2026, 10, 17), new(2026, 11, 1)),
        new(Zones.All, new(2026, 12, 19), new(2027, 1, 3)),
        new(Zones.C, new(2027, 2, 6), new(2027, 2, 21)),
        new(Zones.A, new(2027, 2, 13), new(2027, 2, 28)),
        new(Zones.B, new(2027, 2, 20), new(2027, 3, 7)),
        new(Zones.C, new(2027, 4, 3), new(2027, 4, 18)),
        new(Zones.A, new(2027, 4, 10), new(2027, 4, 25)),
        new(Zones.B, new(2027, 4, 17), new(2027, 5, 2)),
        new(Zones.All, new(2027, 5, 6), new(2027, 5, 9)),
        new(Zones.All, new(2027, 7, 3), new(2027, 8, 31)),
    ];
}

/// <param name="First">The first day without school: for most pupils, the Saturday after the last lessons.</param>
/// <param name="Last">The day before lessons resume.</param>
public sealed record SchoolHoliday(Zones Zones, DateOnly First, DateOnly Last)
{
    public bool Includes(DateOnly day) => First <= day && day <= Last;
}

[Flags]
public enum Zones
{
    None = 0,
    A = 1,
    B = 2,
    C = 4,
    All = A | B | C,
}
