namespace NsiPortal.Domain.Learning;

/// <summary>The eleven public holidays of France (Code du travail, article L3133-1). Those of Alsace-Moselle and overseas are not here.</summary>
public static class PublicHolidays
{
    public static bool Include(DateOnly day) =>
        (day.Day, day.Month) is (1, 1) or (1, 5) or (8, 5) or (14, 7) or (15, 8) or (1, 11) or (11, 11) or (25, 12)
        // Easter Monday, Ascension, Whit Monday.
        || day.DayNumber - EasterSunday(day.Year).DayNumber is 1 or 39 or 50;

    /// <summary>By the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8); its letters are the book's.</summary>
    public static DateOnly EasterSunday(int year)
    {
        var a = year % 19;
        var (b, c) = Math.DivRem(year, 100);
        var (d, e) = Math.DivRem(b, 4);
        var f = (b + 8) / 25;
        var g = (b - f + 1) / 3;
        var h = (19 * a + b - d - g + 15) % 30;
        var (i, k) = Math.DivRem(c, 4);
        var l = (32 + 2 * e + 2 * i - h - k) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var (month, day) = Math.DivRem(h + l - 7 * m + 114, 31);
        return new DateOnly(year, month, day + 1);
    }
}
