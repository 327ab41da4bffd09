using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Breadth;

public sealed class WholeChapter : Badge
{
    public override string Code => "chapitre-complet";

    public override string Icon => "book";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner) => Advance.To(learner.Chapters.Count(chapter => chapter.IsComplete), 1);
}
