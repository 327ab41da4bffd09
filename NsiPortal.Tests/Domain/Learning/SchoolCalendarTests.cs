using System.Globalization;

namespace NsiPortal.Domain.Learning;

public sealed class SchoolCalendarTests
{
    static readonly SchoolCalendar France = SchoolCalendar.France;

    /// <summary>From the last day of lessons to the day on which they resume.</summary>
    [Theory]
    [InlineData("A B C", "2025-10-17", "2025-11-03")]
    [InlineData("A B C", "2025-12-19", "2026-01-05")]
    [InlineData("A", "2026-02-06", "2026-02-23")]
    [InlineData("B", "2026-02-13", "2026-03-02")]
    [InlineData("C", "2026-02-20", "2026-03-09")]
    [InlineData("A", "2026-04-03", "2026-04-20")]
    [InlineData("B", "2026-04-10", "2026-04-27")]
    [InlineData("C", "2026-04-17", "2026-05-04")]
    [InlineData("A B C", "2026-05-13", "2026-05-18")]
    [InlineData("A B C", "2026-07-03", "2026-09-01")]
    [InlineData("A B C", "2026-10-16", "2026-11-02")]
    [InlineData("A B C", "2026-12-18", "2027-01-04")]
    [InlineData("C", "2027-02-05", "2027-02-22")]
    [InlineData("A", "2027-02-12", "2027-03-01")]
    [InlineData("B", "2027-02-19", "2027-03-08")]
    [InlineData("C", "2027-04-02", "2027-04-19")]
    [InlineData("A", "2027-04-09", "2027-04-26")]
    [InlineData("B", "2027-04-16", "2027-05-03")]
    [InlineData("A B C", "2027-05-05", "2027-05-10")]
    [InlineData("A B C", "2027-07-02", "2027-09-01")]
    public void A_holiday_is_what_lies_between_lessons(string zones, string lastLessons, string resumed)
    {
        foreach (var zone in zones.Split(' ').Select(Enum.Parse<Zones>))
        {
            var calendar = new SchoolCalendar([.. SchoolHolidays.All.Where(holiday => holiday.Zones.HasFlag(zone))]);
            Assert.True(calendar.IsSchoolDay(Day(lastLessons)));
            Assert.True(calendar.IsSchoolDay(Day(resumed)));
            for (var day = Day(lastLessons).AddDays(1); day < Day(resumed); day = day.AddDays(1))
            {
                Assert.False(calendar.IsSchoolDay(day));
                Assert.False(France.IsSchoolDay(day));
            }
        }
    }

    [Theory]
    [InlineData("2026-02-06", "2026-03-09")]
    [InlineData("2026-04-03", "2026-05-04")]
    [InlineData("2027-02-05", "2027-03-08")]
    [InlineData("2027-04-02", "2027-05-03")]
    public void Between_the_holidays_of_the_zones_no_day_is_school_for_all(string lastLessons, string resumed)
    {
        Assert.True(France.IsSchoolDay(Day(lastLessons)));
        Assert.True(France.IsSchoolDay(Day(resumed)));
        Assert.DoesNotContain(Enumerable.Range(1, Day(resumed).DayNumber - Day(lastLessons).DayNumber - 1).Select(Day(lastLessons).AddDays), France.IsSchoolDay);
    }

    [Fact]
    public void Each_zone_has_two_weeks_four_times_a_year()
    {
        foreach (var zone in new[] { Zones.A, Zones.B, Zones.C })
        {
            var fortnights = SchoolHolidays.All.Where(holiday => holiday.Zones.HasFlag(zone) && holiday.Last.DayNumber - holiday.First.DayNumber is > 3 and < 40).ToList();

            Assert.Equal(8, fortnights.Count);
            Assert.All(fortnights, holiday => Assert.Equal(
                (DayOfWeek.Saturday, DayOfWeek.Sunday, 15), (holiday.First.DayOfWeek, holiday.Last.DayOfWeek, holiday.Last.DayNumber - holiday.First.DayNumber)));
        }
    }

    [Fact]
    public void Holidays_are_in_order() => Assert.Equal(SchoolHolidays.All.OrderBy(holiday => holiday.First), SchoolHolidays.All);

    [Theory]
    [InlineData("2025-09-01", true)]
    [InlineData("2025-09-05", true)]
    [InlineData("2025-09-06", false)]
    [InlineData("2025-09-07", false)]
    [InlineData("2025-09-10", true)]
    [InlineData("2025-11-11", false)]
    [InlineData("2026-05-08", false)]
    [InlineData("2026-05-25", false)]
    [InlineData("2026-05-26", true)]
    [InlineData("2027-03-29", false)]
    public void Lessons_are_from_Monday_to_Friday_but_for_public_holidays(string day, bool isSchool) => Assert.Equal(isSchool, France.IsSchoolDay(Day(day)));

    [Theory]
    [InlineData("2025-06-30", true)]
    [InlineData("2025-07-01", false)]
    [InlineData("2024-08-30", false)]
    [InlineData("2024-10-22", true)]
    [InlineData("2027-08-31", false)]
    [InlineData("2027-09-01", true)]
    [InlineData("2028-07-03", false)]
    [InlineData("2028-12-25", false)]
    [InlineData("2028-12-26", true)]
    [InlineData("2028-04-17", false)]
    public void Of_other_years_only_the_summer_and_public_holidays_are_known(string day, bool isSchool) => Assert.Equal(isSchool, France.IsSchoolDay(Day(day)));

    [Fact]
    public void Without_holidays_the_summer_is_free()
    {
        var calendar = new SchoolCalendar([]);

        Assert.True(calendar.IsSchoolDay(Day("2025-10-20")));
        Assert.False(calendar.IsSchoolDay(Day("2026-07-01")));
    }

    static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);
}
