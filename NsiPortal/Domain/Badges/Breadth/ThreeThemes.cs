using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Breadth;

public sealed class ThreeThemes : Badge
{
    public override string Code => "curiosite";

    public override string Icon => "tree";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) =>
        Advance.To(learner.Chapters.Where(chapter => chapter.IsComplete).SelectMany(chapter => chapter.Themes).Distinct().Count(), 3);
}
