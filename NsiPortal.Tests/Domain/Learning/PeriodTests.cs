using NsiPortal.Domain.Courses;

namespace NsiPortal.Domain.Learning;

public sealed class PeriodTests
{
    [Theory]
    // Winter, summer, and the two weeks in which the clocks change.
    [InlineData("2026-11-25T11:00:00Z", "2026-11-23", "2026-11-29T23:00:00Z")]
    [InlineData("2026-07-01T11:00:00Z", "2026-06-29", "2026-07-05T22:00:00Z")]
    [InlineData("2026-03-28T11:00:00Z", "2026-03-23", "2026-03-29T22:00:00Z")]
    [InlineData("2026-10-24T11:00:00Z", "2026-10-19", "2026-10-25T23:00:00Z")]
    // The new year is within a week, and the last instant before Monday is of the week before.
    [InlineData("2026-12-31T23:30:00Z", "2026-12-28", "2027-01-03T23:00:00Z")]
    [InlineData("2026-03-29T21:59:59Z", "2026-03-23", "2026-03-29T22:00:00Z")]
    [InlineData("2026-03-29T22:00:00Z", "2026-03-30", "2026-04-05T22:00:00Z")]
    [InlineData("2026-10-25T22:59:59Z", "2026-10-19", "2026-10-25T23:00:00Z")]
    [InlineData("2026-10-25T23:00:00Z", "2026-10-26", "2026-11-01T23:00:00Z")]
    public void A_week_goes_from_Monday_to_Sunday_on_the_clocks_of_Paris(string at, string monday, string next)
    {
        var instant = DateTimeOffset.Parse(at);
        Assert.Equal(DateOnly.Parse(monday).DayNumber, Period.WeekOf(Period.DayOf(instant)));
        Assert.Equal(DateTimeOffset.Parse(next), Period.NextWeekAfter(instant));
    }

    [Fact]
    public void Weeks_follow_each_other_without_a_gap()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var instant = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(6 * 366 * 24 * 3600));
            var next = Period.NextWeekAfter(instant);
            Assert.True(next > instant);
            Assert.Equal((DayOfWeek.Monday, TimeSpan.Zero), (ParisTime.FromInstant(next).DayOfWeek, ParisTime.FromInstant(next).TimeOfDay));
            Assert.Equal(Week(instant) + 7, Week(next));
            Assert.Equal(Week(instant), Week(next.AddTicks(-1)));
        }

        static int Week(DateTimeOffset at) => Period.WeekOf(Period.DayOf(at));
    }

    [Fact]
    public void No_week_is_all_time() => Assert.NotEqual(Period.AllTime, Period.WeekOf(new DateOnly(2026, 1, 1)));
}
