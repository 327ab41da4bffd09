using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Kinds;

/// <summary>Not all the kinds: whoever learns without a teacher has no free answer marked, and kinds may be added.</summary>
public sealed class JackOfAllTrades : Badge
{
    public override string Code => "touche-a-tout";

    public override string Icon => "puzzle";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Select(exercise => exercise.Kind).Distinct().Count(), 5);
}
