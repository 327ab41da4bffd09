using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Perseverance;

public sealed class ElephantMemory : Badge
{
    public override string Code => "memoire-d-elephant";

    public override string Icon => "tree";

    public override Rarity Rarity => Rarity.Exceptional;

    public override Advance Of(Learner learner) =>
        Advance.To(learner.Solved.Count(exercise => exercise.LastRightOn >= exercise.SolvedOn!.Value.AddDays(60)), 20);
}
