using NsiPortal.Domain.Badges.Amounts;
using NsiPortal.Domain.Badges.Autonomy;
using NsiPortal.Domain.Badges.Breadth;
using NsiPortal.Domain.Badges.Kinds;
using NsiPortal.Domain.Badges.Perseverance;
using NsiPortal.Domain.Badges.Regularity;

namespace NsiPortal.Domain.Badges;

public static class BadgeList
{
    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<Badge> All { get; } =
    [
        new FirstStep(), new TenSolved(), new FiftySolved(), new HundredSolved(), new TwoHundredAndFiftySolved(),
        new NotGivingUp(), new Tenacious(), new Comeback(), new TenComebacks(), new LongHaul(),
        new NothingLeftBehind(), new BackAgain(), new HelpingHand(), new SecondReading(), new GoodMemory(),
        new ElephantMemory(),
        new TenWithoutHints(), new FiftyWithoutHints(),
        new GoodChoices(), new RightWord(), new NoGapLeft(), new LinesInOrder(), new GoodPairs(),
        new WellWritten(), new JackOfAllTrades(),
        new Exploration(), new GreatJourney(), new WholeChapter(), new FiveChapters(), new TwentyChapters(),
        new WholeCourse(), new ThreeThemes(), new SixThemes(), new BothProgrammes(),
        new StreakOfFive(), new StreakOfTwenty(), new StreakOfSixty(), new TenWeeks(), new ThirtyWeeks(),
    ];

    static readonly Dictionary<string, Badge> ByCode = All.ToDictionary(badge => badge.Code);

    public static Badge? Find(string code) => ByCode.GetValueOrDefault(code);
}
