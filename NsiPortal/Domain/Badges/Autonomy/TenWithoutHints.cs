using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Autonomy;

public sealed class TenWithoutHints : Badge
{
    public override string Code => "sans-indice";

    public override string Icon => "bulb";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.HintsSeen == 0), 10);
}
