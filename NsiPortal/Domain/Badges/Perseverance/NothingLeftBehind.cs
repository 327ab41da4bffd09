using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Perseverance;

/// <summary>The more is tried, the more is wanted: it can be near one day and farther the next.</summary>
public sealed class NothingLeftBehind : Badge
{
    public override string Code => "table-rase";

    public override string Icon => "check";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(), Math.Max(20, learner.Exercises.Count));
}
