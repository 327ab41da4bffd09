using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Amounts;

public sealed class HundredSolved : Badge
{
    public override string Code => "cent-exercices";

    public override string Icon => "trophy";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(), 100);
}
