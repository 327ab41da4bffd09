using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Kinds;

/// <summary>Fewer are wanted than of other kinds: a teacher marks each.</summary>
public sealed class WellWritten : Badge
{
    public override string Code => "belle-plume";

    public override string Icon => "pencil";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.Kind == ExerciseKind.FreeAnswer), 3);
}
