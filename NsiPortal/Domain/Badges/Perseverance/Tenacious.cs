using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Perseverance;

public sealed class Tenacious : Badge
{
    public override string Code => "tenace";

    public override string Icon => "shield";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.TriesToSolve > 3), 10);
}
