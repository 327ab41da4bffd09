using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Regularity;

public sealed class TenWeeks : Badge
{
    public override string Code => "dix-semaines";

    public override string Icon => "leaf";

    public override Rarity Rarity => Rarity.Rare;

    // Day number 0 is a Monday.
    public override Advance Of(Learner learner) => Advance.To(learner.ActiveDays.Select(day => day.DayNumber / 7).Distinct().Count(), 10);
}
