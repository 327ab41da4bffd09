using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Kinds;

public sealed class LinesInOrder : Badge
{
    public override string Code => "remise-en-ordre";

    public override string Icon => "layers";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.Kind == ExerciseKind.Parsons), 10);
}
