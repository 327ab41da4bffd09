using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Kinds;

public sealed class GoodChoices : Badge
{
    public override string Code => "bons-choix";

    public override string Icon => "list";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.Kind == ExerciseKind.MultipleChoice), 10);
}
