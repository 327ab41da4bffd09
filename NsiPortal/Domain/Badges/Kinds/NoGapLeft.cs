using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Kinds;

public sealed class NoGapLeft : Badge
{
    public override string Code => "plus-un-trou";

    public override string Icon => "puzzle";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.Kind == ExerciseKind.Gaps), 10);
}
