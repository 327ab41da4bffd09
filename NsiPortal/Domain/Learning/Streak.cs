using System.Runtime.InteropServices;

namespace NsiPortal.Domain.Learning;

/// <summary>
/// Days of work in a row. A row is a span of days in which each week, from Monday to Sunday, has at most one missed day: a school day without work. Its
/// length is how many of its days were worked on, free days among them; a missed day that is forgiven is not counted. Without school, a week cannot
/// break it. A second missed day in a week ends the row, and the days after the first of the two are the beginning of another.
/// </summary>
/// <param name="Days">Of the row that reaches today. Today is not missed until it is over.</param>
/// <param name="Longest">Of the longest row up to today; it never shrinks.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Streak(int Days, int Longest)
{
    /// <param name="activeDays">In any order; those after <paramref name="today"/> do not count.</param>
    /// <param name="today">In Paris.</param>
    public static Streak Of(IEnumerable<DateOnly> activeDays, DateOnly today, SchoolCalendar calendar)
    {
        var active = activeDays.Where(day => day <= today).ToHashSet();
        if (active.Count == 0) return default;

        int days = 0, daysSinceMissed = 0, longest = 0;
        var missedThisWeek = false;
        for (var day = active.Min(); day <= today; day = day.AddDays(1))
        {
            if (day.DayOfWeek == DayOfWeek.Monday) missedThisWeek = false;

            if (active.Contains(day))
            {
                days++;
                daysSinceMissed++;
                longest = Math.Max(longest, days);
            }
            else if (day < today && calendar.IsSchoolDay(day))
            {
                if (missedThisWeek) days = daysSinceMissed;
                missedThisWeek = true;
                daysSinceMissed = 0;
            }
        }

        return new Streak(days, longest);
    }
}
