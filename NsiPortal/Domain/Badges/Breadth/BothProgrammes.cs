using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Breadth;

public sealed class BothProgrammes : Badge
{
    public override string Code => "deux-programmes";

    public override string Icon => "link";

    public override Rarity Rarity => Rarity.Rare;

    public override Advance Of(Learner learner)
    {
        // P- are the themes of Première, T- those of Terminale.
        var themes = learner.Chapters.Where(chapter => chapter.IsComplete).SelectMany(chapter => chapter.Themes);
        return Advance.To(themes.Select(theme => theme[0]).Where(year => year is 'P' or 'T').Distinct().Count(), 2);
    }
}
