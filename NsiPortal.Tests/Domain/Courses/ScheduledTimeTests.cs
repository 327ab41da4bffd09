namespace NsiPortal.Domain.Courses;

public sealed class ScheduledTimeTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-07-01T08:00", "2026-07-01T06:00Z")]
    [InlineData("2026-12-01T08:00", "2026-12-01T07:00Z")]
    // Twice on that night: the first.
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30Z")]
    [InlineData("2026-03-29T03:00:00", "2026-03-29T01:00Z")]
    public void A_time_is_of_the_clocks_of_Paris(string typed, string expected) =>
        Assert.Equal((DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), null), ScheduledTime.Read(typed, Now));

    [Theory]
    [InlineData("2026-03-29T02:00", ScheduledTimeFault.Skipped)]
    [InlineData("2026-03-29T02:59", ScheduledTimeFault.Skipped)]
    [InlineData("2026-03-01T13:00", ScheduledTimeFault.Past)]
    [InlineData("0001-01-01T00:00", ScheduledTimeFault.Past)]
    [InlineData("2026-02-30T08:00", ScheduledTimeFault.Unreadable)]
    [InlineData("demain", ScheduledTimeFault.Unreadable)]
    [InlineData("", ScheduledTimeFault.Unreadable)]
    [InlineData(null, ScheduledTimeFault.Unreadable)]
    public void What_is_no_time_to_come_is_told(string? typed, ScheduledTimeFault expected) => Assert.Equal((null, expected), ScheduledTime.Read(typed, Now));

    [Fact]
    public void A_form_shows_the_time_that_was_typed() => Assert.Equal("2026-07-01T08:00", ScheduledTime.Format(ScheduledTime.Read("2026-07-01T08:00", Now).At!.Value));
}
