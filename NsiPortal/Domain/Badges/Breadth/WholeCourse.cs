using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Breadth;

/// <summary>Of a course with three chapters or more; the one nearest to its end tells how far it is.</summary>
public sealed class WholeCourse : Badge
{
    public override string Code => "cours-complet";

    public override string Icon => "trophy";

    public override Rarity Rarity => Rarity.Exceptional;

    public override Advance Of(Learner learner) => learner.Chapters
        .GroupBy(chapter => chapter.CourseId)
        .Select(course => Advance.To(course.Count(chapter => chapter.IsComplete), course.Count()))
        .Where(advance => advance.Wanted >= 3)
        .DefaultIfEmpty(Advance.To(0, 3))
        .MinBy(advance => advance.Wanted - advance.Done);
}
