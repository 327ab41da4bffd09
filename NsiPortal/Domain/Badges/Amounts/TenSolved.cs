using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Amounts;

public sealed class TenSolved : Badge
{
    public override string Code => "dix-exercices";

    public override string Icon => "star";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(), 10);
}
