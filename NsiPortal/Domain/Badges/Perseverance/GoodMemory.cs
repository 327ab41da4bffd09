using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Perseverance;

public sealed class GoodMemory : Badge
{
    public override string Code => "bonne-memoire";

    public override string Icon => "book";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) =>
        Advance.To(learner.Solved.Count(exercise => exercise.LastRightOn >= exercise.SolvedOn!.Value.AddDays(60)), 1);
}
