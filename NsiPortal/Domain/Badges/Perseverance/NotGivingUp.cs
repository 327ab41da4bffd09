using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Perseverance;

public sealed class NotGivingUp : Badge
{
    public override string Code => "ne-rien-lacher";

    public override string Icon => "shield";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.TriesToSolve > 3), 1);
}
