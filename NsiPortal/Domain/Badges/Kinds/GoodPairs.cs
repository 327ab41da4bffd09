using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Kinds;

public sealed class GoodPairs : Badge
{
    public override string Code => "bonnes-paires";

    public override string Icon => "link";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.Kind == ExerciseKind.Matching), 10);
}
