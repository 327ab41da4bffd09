namespace NsiPortal.Domain.Learning;

/// <summary>
/// The days on which every pupil has school. Nobody is asked for their zone, so a day that is a holiday in any zone is none of them. Before the first of
/// the holidays given and after the last, only July, August and public holidays are known: <see cref="SchoolHolidays"/> must be extended each year.
/// </summary>
public sealed class SchoolCalendar(IReadOnlyList<SchoolHoliday> holidays)
{
    public static SchoolCalendar France { get; } = new(SchoolHolidays.All);

    public bool IsSchoolDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !PublicHolidays.Include(day)
        && !(IsKnown(day) ? holidays.Any(holiday => holiday.Includes(day)) : day.Month is 7 or 8);

    bool IsKnown(DateOnly day) => holidays is [var first, .., var last] && first.First <= day && day <= last.Last;
}
