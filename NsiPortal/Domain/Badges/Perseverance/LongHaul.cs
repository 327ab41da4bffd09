using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Perseverance;

public sealed class LongHaul : Badge
{
    public override string Code => "de-longue-haleine";

    public override string Icon => "mountain";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) =>
        Advance.To(learner.Solved.Count(exercise => exercise.SolvedOn >= exercise.FirstOn.AddDays(30)), 1);
}
