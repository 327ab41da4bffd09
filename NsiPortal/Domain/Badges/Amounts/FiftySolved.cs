using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Amounts;

public sealed class FiftySolved : Badge
{
    public override string Code => "cinquante-exercices";

    public override string Icon => "target";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(), 50);
}
