using System.Globalization;

namespace NsiPortal.Domain.Learning;

public sealed class StreakTests
{
    static readonly SchoolCalendar France = SchoolCalendar.France;

    [Fact]
    public void Without_work_there_is_none() => Assert.Equal(default, Streak.Of([], Day("2025-09-05"), France));

    // 1 September 2025 is a Monday.
    [Theory]
    [InlineData("2025-09-01", 1, 1)]
    [InlineData("2025-09-01 2025-09-02 2025-09-03 2025-09-04 2025-09-05", 5, 5)]
    [InlineData("2025-09-05 2025-09-08", 2, 2)]
    [InlineData("2025-09-05 2025-09-06 2025-09-07 2025-09-08", 4, 4)]
    public void Days_of_work_in_a_row_count_free_ones_too(string days, int current, int longest) => Expect(days, current, longest);

    [Theory]
    // A Tuesday missed.
    [InlineData("2025-09-01 2025-09-03", 2, 2)]
    // A day in each of two weeks, even one after the other.
    [InlineData("2025-09-04 2025-09-09", 2, 2)]
    // A Wednesday and a Thursday.
    [InlineData("2025-09-01 2025-09-02 2025-09-05", 1, 2)]
    // A Wednesday and a Friday: the Thursday between them begins the next row.
    [InlineData("2025-09-01 2025-09-02 2025-09-04 2025-09-08", 2, 3)]
    // Work on Saturday does not stand for a missed day.
    [InlineData("2025-09-01 2025-09-02 2025-09-05 2025-09-06", 2, 2)]
    public void One_missed_day_a_week_is_forgiven_and_not_counted(string days, int current, int longest) => Expect(days, current, longest);

    [Theory]
    // All Saints, and the winter of three zones.
    [InlineData("2025-10-17 2025-11-03", 2, 2)]
    [InlineData("2026-02-06 2026-03-09", 2, 2)]
    // Work in the holidays counts.
    [InlineData("2025-10-17 2025-10-22 2025-11-03", 3, 3)]
    // Armistice Day is not the day that is forgiven; the Thursday is.
    [InlineData("2025-11-10 2025-11-12 2025-11-14", 3, 3)]
    // The Friday of the last week of school, and the summer.
    [InlineData("2026-07-02 2026-09-01", 2, 2)]
    public void Holidays_break_nothing(string days, int current, int longest) => Expect(days, current, longest);

    [Theory]
    [InlineData("2025-12-19 2026-01-05", 2, 2)]
    // The holidays of 2030 are unknown: the week from 30 December has four school days, two of them missed, in two years.
    [InlineData("2030-12-30 2031-01-03", 1, 1)]
    [InlineData("2030-12-30 2031-01-02 2031-01-03", 3, 3)]
    public void A_week_that_lies_in_two_years_is_one(string days, int current, int longest) => Expect(days, current, longest);

    [Theory]
    [InlineData("2025-09-03", 3)]
    [InlineData("2025-09-04", 3)]
    // The Thursday is forgiven, and today is not missed until it is over.
    [InlineData("2025-09-05", 3)]
    [InlineData("2025-09-06", 0)]
    [InlineData("2025-09-08", 0)]
    public void Today_breaks_nothing_until_it_is_over(string today, int current) =>
        Assert.Equal(new Streak(current, 3), Streak.Of(Days("2025-09-01 2025-09-02 2025-09-03"), Day(today), France));

    [Fact]
    public void Days_to_come_do_not_count() => Assert.Equal(new Streak(1, 1), Streak.Of(Days("2025-09-01 2025-09-02"), Day("2025-09-01"), France));

    [Fact]
    public void Neither_their_order_nor_twice_the_same_day_matters() =>
        Assert.Equal(new Streak(3, 3), Streak.Of(Days("2025-09-03 2025-09-01 2025-09-02 2025-09-01"), Day("2025-09-03"), France));

    [Fact]
    public void It_is_the_longest_span_without_two_missed_days_in_a_week()
    {
        var random = new Random(2025);
        for (var i = 0; i < 60; i++)
        {
            var (active, today) = Pupil(random);
            Assert.Equal(BySpans(active, today), Streak.Of(active, today, France));
        }
    }

    [Fact]
    public void Another_day_of_work_never_shortens_it()
    {
        var random = new Random(2026);
        for (var i = 0; i < 300; i++)
        {
            var (active, today) = Pupil(random);
            var before = Streak.Of(active, today, France);
            var after = Streak.Of([.. active, today.AddDays(-random.Next(60))], today, France);
            var tomorrow = Streak.Of(active, today.AddDays(1), France);

            Assert.InRange(before.Days, 0, before.Longest);
            Assert.InRange(before.Longest, 1, active.Count);
            Assert.True(after.Days >= before.Days && after.Longest >= before.Longest);
            Assert.True(tomorrow.Longest == before.Longest && tomorrow.Days <= before.Days);
            if (!active.Contains(today)) Assert.Equal(before.Days + 1, Streak.Of([.. active, today], today, France).Days);
        }
    }

    /// <summary>Two months of work, more or less diligent.</summary>
    static (HashSet<DateOnly> Active, DateOnly Today) Pupil(Random random)
    {
        var first = new DateOnly(2025, 8, 20).AddDays(random.Next(800));
        var diligence = random.Next(20, 100);
        return ([first, .. Enumerable.Range(0, 60).Where(_ => random.Next(100) < diligence).Select(first.AddDays)], first.AddDays(59));
    }

    /// <summary>The definition, word for word, and slow.</summary>
    static Streak BySpans(HashSet<DateOnly> active, DateOnly today)
    {
        var first = active.Min();
        var days = Enumerable.Range(0, today.DayNumber - first.DayNumber + 1).Select(first.AddDays).ToList();
        var spans =
            from start in Enumerable.Range(0, days.Count)
            from end in Enumerable.Range(start, days.Count - start)
            let span = days[start..(end + 1)]
            where span.Where(day => day < today && !active.Contains(day) && France.IsSchoolDay(day)).GroupBy(Week).All(week => week.Count() == 1)
            select (Length: span.Count(active.Contains), IsCurrent: end == days.Count - 1);
        var lengths = spans.ToList();
        return new Streak(lengths.Where(span => span.IsCurrent).Select(span => span.Length).DefaultIfEmpty().Max(), lengths.Max(span => span.Length));
    }

    static (int Year, int Week) Week(DateOnly day) => (ISOWeek.GetYear(day), ISOWeek.GetWeekOfYear(day));

    /// <summary>On the evening of the last day of work.</summary>
    static void Expect(string days, int current, int longest) => Assert.Equal(new Streak(current, longest), Streak.Of(Days(days), Days(days).Max(), France));

    static List<DateOnly> Days(string days) => [.. days.Split(' ').Select(Day)];

    static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);
}
