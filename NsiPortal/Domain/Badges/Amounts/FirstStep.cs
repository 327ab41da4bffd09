using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Amounts;

public sealed class FirstStep : Badge
{
    public override string Code => "premier-pas";

    public override string Icon => "leaf";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(), 1);
}
