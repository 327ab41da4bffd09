using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Autonomy;

public sealed class FiftyWithoutHints : Badge
{
    public override string Code => "de-tes-propres-ailes";

    public override string Icon => "rocket";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.HintsSeen == 0), 50);
}
