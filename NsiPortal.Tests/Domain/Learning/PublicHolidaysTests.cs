using System.Globalization;

namespace NsiPortal.Domain.Learning;

public sealed class PublicHolidaysTests
{
    [Theory]
    [InlineData("2008-03-24")]
    [InlineData("2024-04-01")]
    [InlineData("2025-04-21")]
    [InlineData("2026-04-06")]
    [InlineData("2027-03-29")]
    [InlineData("2028-04-17")]
    [InlineData("2029-04-02")]
    [InlineData("2038-04-26")]
    [InlineData("2049-04-19")]
    public void Easter_Monday_is_one(string day)
    {
        var monday = DateOnly.Parse(day, CultureInfo.InvariantCulture);

        Assert.True(PublicHolidays.Include(monday));
        Assert.Equal(monday.AddDays(-1), PublicHolidays.EasterSunday(monday.Year));
    }

    [Fact]
    public void A_year_has_eleven() =>
        Assert.Equal(
            ["01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25"],
            Enumerable.Range(0, 365).Select(new DateOnly(2026, 1, 1).AddDays).Where(PublicHolidays.Include).Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture)));

    [Fact]
    public void Easter_is_a_Sunday_between_22_March_and_25_April() =>
        Assert.All(Enumerable.Range(1900, 300).Select(PublicHolidays.EasterSunday), easter =>
        {
            Assert.Equal(DayOfWeek.Sunday, easter.DayOfWeek);
            Assert.InRange(easter, new DateOnly(easter.Year, 3, 22), new DateOnly(easter.Year, 4, 25));
        });
}
