using System.Globalization;

namespace NsiPortal.Domain.Courses;

public sealed class ParisTimeTests
{
    [Theory]
    [InlineData("2026-12-01 08:00", "2026-12-01T07:00Z")]
    [InlineData("2026-06-01 08:00", "2026-06-01T06:00Z")]
    // Clocks go from 2:00 to 3:00 on 29 March 2026.
    [InlineData("2026-03-29 01:59", "2026-03-29T00:59Z")]
    [InlineData("2026-03-29 02:00", "2026-03-29T01:00Z")]
    [InlineData("2026-03-29 02:30", "2026-03-29T01:30Z")]
    [InlineData("2026-03-29 03:00", "2026-03-29T01:00Z")]
    // And from 3:00 back to 2:00 on 25 October 2026.
    [InlineData("2026-10-25 01:59", "2026-10-24T23:59Z")]
    [InlineData("2026-10-25 02:30", "2026-10-25T00:30Z")]
    [InlineData("2026-10-25 03:00", "2026-10-25T02:00Z")]
    public void What_the_wall_clock_shows_is_one_instant(string local, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), ParisTime.ToInstant(DateTime.Parse(local, CultureInfo.InvariantCulture)));

    [Fact]
    public void An_instant_is_shown_and_read_back_but_for_the_hour_that_comes_twice()
    {
        for (var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero); at.Year == 2026; at += TimeSpan.FromMinutes(30))
        {
            var read = ParisTime.ToInstant(ParisTime.FromInstant(at));
            var again = at.Month == 10 && at.Day == 25 && at.Hour == 1;
            Assert.Equal(again ? at.AddHours(-1) : at, read);
        }
    }
}
