using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Breadth;

public sealed class GreatJourney : Badge
{
    public override string Code => "grand-voyage";

    public override string Icon => "compass";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Select(exercise => exercise.CourseId).Distinct().Count(), 3);
}
