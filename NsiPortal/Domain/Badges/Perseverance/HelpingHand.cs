using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Perseverance;

/// <summary>To ask for help is not to give up.</summary>
public sealed class HelpingHand : Badge
{
    public override string Code => "coup-de-pouce";

    public override string Icon => "bulb";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Solved.Count(exercise => exercise.HintsSeen > 0), 1);
}
