using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Breadth;

public sealed class SixThemes : Badge
{
    public override string Code => "esprit-large";

    public override string Icon => "tree";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) =>
        Advance.To(learner.Chapters.Where(chapter => chapter.IsComplete).SelectMany(chapter => chapter.Themes).Distinct().Count(), 6);
}
