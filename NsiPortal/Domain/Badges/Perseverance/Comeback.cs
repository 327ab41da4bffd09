using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Perseverance;

public sealed class Comeback : Badge
{
    public override string Code => "revanche";

    public override string Icon => "clock-back";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.SolvedOn > exercise.FirstOn), 1);
}
