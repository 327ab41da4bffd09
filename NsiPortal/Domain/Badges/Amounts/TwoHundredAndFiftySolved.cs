using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Amounts;

public sealed class TwoHundredAndFiftySolved : Badge
{
    public override string Code => "deux-cent-cinquante-exercices";

    public override string Icon => "rocket";

    public override Rarity Rarity => Rarity.Exceptional;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(), 250);
}
