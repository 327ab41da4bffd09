using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Perseverance;

public sealed class SecondReading : Badge
{
    public override string Code => "relecture";

    public override string Icon => "pencil";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.LastRightOn > exercise.SolvedOn), 5);
}
