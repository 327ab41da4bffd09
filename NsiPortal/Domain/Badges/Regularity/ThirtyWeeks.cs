using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Regularity;

public sealed class ThirtyWeeks : Badge
{
    public override string Code => "trente-semaines";

    public override string Icon => "tree";

    public override Rarity Rarity => Rarity.Exceptional;

    // Day number 0 is a Monday.
    public override Advance Of(Learner learner) => Advance.To(learner.ActiveDays.Select(day => day.DayNumber / 7).Distinct().Count(), 30);
}
