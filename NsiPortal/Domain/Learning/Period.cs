using NsiPortal.Domain.Courses;

namespace NsiPortal.Domain.Learning;

/// <summary>The periods of standings. A week goes from Monday to Sunday on the clocks of Paris, whatever the clocks do in it.</summary>
public static class Period
{
    public const int AllTime = 0;

    /// <summary>The number of the week's Monday, counted in days.</summary>
    public static int WeekOf(DateOnly day) => MondayOf(day).DayNumber;

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(ParisTime.FromInstant(instant));

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The instant at which the next week begins.</summary>
    public static DateTimeOffset NextWeekAfter(DateTimeOffset instant) => ParisTime.ToInstant(MondayOf(DayOf(instant)).AddDays(7).ToDateTime(TimeOnly.MinValue));
}
