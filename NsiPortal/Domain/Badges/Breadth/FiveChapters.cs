using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Breadth;

public sealed class FiveChapters : Badge
{
    public override string Code => "cinq-chapitres";

    public override string Icon => "layers";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner) => Advance.To(learner.Chapters.Count(chapter => chapter.IsComplete), 5);
}
