using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Perseverance;

public sealed class TenComebacks : Badge
{
    public override string Code => "dix-revanches";

    public override string Icon => "key";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.SolvedOn > exercise.FirstOn), 10);
}
