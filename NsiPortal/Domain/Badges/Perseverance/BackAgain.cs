using NsiPortal.Domain.Learning;

namespace NsiPortal.Domain.Badges.Perseverance;

/// <summary>For whoever dreads to come back after weeks away.</summary>
public sealed class BackAgain : Badge
{
    public override string Code => "de-retour";

    public override string Icon => "leaf";

    public override Rarity Rarity => Rarity.Common;

    public override Advance Of(Learner learner)
    {
        var days = learner.ActiveDays.Order().ToList();
        return Advance.To(days.Zip(days.Skip(1), (before, after) => after.DayNumber - before.DayNumber).Count(gap => gap >= 14), 1);
    }
}
