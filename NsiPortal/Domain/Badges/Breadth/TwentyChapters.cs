using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Breadth;

public sealed class TwentyChapters : Badge
{
    public override string Code => "vingt-chapitres";

    public override string Icon => "trophy";

    public override Rarity Rarity => Rarity.Exceptional;

    public override Advance Of(Learner learner) => Advance.To(learner.Chapters.Count(chapter => chapter.IsComplete), 20);
}
