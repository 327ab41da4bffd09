using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Breadth;

public sealed class Exploration : Badge
{
    public override string Code => "exploration";

    public override string Icon => "compass";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Select(exercise => exercise.ChapterId).Distinct().Count(), 5);
}
