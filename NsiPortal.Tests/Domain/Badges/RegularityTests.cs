using NsiPortal.Domain.Badges.Regularity;
using NsiPortal.Support;

namespace NsiPortal.Domain.Badges;

public sealed class RegularityTests
{
    [Fact]
    public void A_streak_of_five_is_a_week_of_school() =>
        Rule.Of<StreakOfFive>(pupil => pupil.WorksOnSchoolDays(5), almost: pupil => pupil.WorksOnSchoolDays(4));

    [Fact]
    public void A_streak_of_twenty_is_twenty_days() =>
        Rule.Of<StreakOfTwenty>(pupil => pupil.WorksOnSchoolDays(20), almost: pupil => pupil.WorksOnSchoolDays(19));

    [Fact]
    public void A_streak_of_sixty_goes_over_holidays() =>
        Rule.Of<StreakOfSixty>(pupil => pupil.WorksOnSchoolDays(60), almost: pupil => pupil.WorksOnSchoolDays(59));

    [Fact]
    public void A_streak_that_is_over_still_counts() =>
        Rule.Of<StreakOfFive>(
            pupil => pupil.WorksOnSchoolDays(5).Works(LearnerBuilder.FirstDay.AddDays(100)),
            almost: pupil => pupil.WorksOnSchoolDays(4).Works(LearnerBuilder.FirstDay.AddDays(100)));

    [Fact]
    public void Ten_weeks_are_ten_in_any_order_from_Monday_to_Sunday() =>
        Rule.Of<TenWeeks>(pupil => Works(pupil, weeks: 10), almost: pupil => Works(pupil, weeks: 9));

    [Fact]
    public void Thirty_weeks_are_thirty() =>
        Rule.Of<ThirtyWeeks>(pupil => Works(pupil, weeks: 30), almost: pupil => Works(pupil, weeks: 29));

    /// <summary>On the Mondays and Sundays of every other week.</summary>
    static void Works(LearnerBuilder pupil, int weeks)
    {
        foreach (var week in Enumerable.Range(0, weeks))
        {
            var monday = LearnerBuilder.FirstDay.AddDays(14 * week);
            pupil.Works(monday, monday.AddDays(6));
        }
    }
}
