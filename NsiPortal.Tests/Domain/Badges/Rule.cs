using NsiPortal.Domain.Learning;
using NsiPortal.Support;

namespace NsiPortal.Domain.Badges;

static class Rule
{
    /// <summary>The badge is earned by what <paramref name="enough"/> does, and <paramref name="almost"/> is one step short.</summary>
    public static void Of<TBadge>(Action<LearnerBuilder> enough, Action<LearnerBuilder> almost)
        where TBadge : Badge, new()
    {
        var badge = new TBadge();
        var (early, late) = (Learner(almost), Learner(enough));
        var (before, after) = (badge.Of(early), badge.Of(late));

        Assert.False(before.IsReached);
        Assert.Equal(before.Wanted - 1, before.Done);
        Assert.True(after.IsReached);
        Assert.Equal(after.Wanted, after.Done);
        Assert.Equal((before, after), (badge.Of(early), badge.Of(late)));
    }

    static Learner Learner(Action<LearnerBuilder> story)
    {
        var pupil = new LearnerBuilder();
        story(pupil);
        return pupil.Build();
    }
}
