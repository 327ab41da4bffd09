using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Regularity;

public sealed class StreakOfSixty : Badge
{
    public override string Code => "serie-de-60";

    public override string Icon => "flame";

    public override Rarity Rarity => Rarity.Exceptional;

    public override Advance Of(Learner learner) => Advance.To(Streak.Of(learner.ActiveDays, learner.Today, SchoolCalendar.France).Longest, 60);
}
