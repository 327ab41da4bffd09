using System.Text.RegularExpressions;
using NsiPortal.Domain.Badges.Perseverance;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Support;

namespace NsiPortal.Domain.Badges;

public sealed partial class BadgeListTests
{
    [Fact]
    public void Every_badge_is_in_the_list_once()
    {
        var written = typeof(Badge).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Badge))).Select(type => type.Name);

        Assert.Equal(written.Order(StringComparer.Ordinal), BadgeList.All.Select(badge => badge.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_badge_has_a_code_of_its_own_and_is_found_by_it()
    {
        Assert.All(BadgeList.All, badge => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", badge.Code));
        Assert.All(BadgeList.All, badge => Assert.Same(badge, BadgeList.Find(badge.Code)));
        Assert.Null(BadgeList.Find("premier"));
    }

    [Fact]
    public void Every_badge_has_an_icon_that_is_drawn()
    {
        string[] drawn =
        [
            "star", "flame", "book", "target", "puzzle", "compass", "mountain", "bulb", "shield", "tree", "clock-back", "link", "pencil", "list", "trophy", "rocket",
            "leaf", "key", "layers", "check",
        ];
        Assert.Empty(BadgeList.All.Select(badge => badge.Icon).Except(drawn));
    }

    [Fact]
    public void Every_badge_has_a_test_of_its_rule()
    {
        var tests = Path.Combine(Repository.Root, "NsiPortal.Tests", "Domain", "Badges");
        var tested = Directory.EnumerateFiles(tests, "*.cs").SelectMany(file => RuleOf().Matches(File.ReadAllText(file))).Select(match => match.Groups["badge"].Value);

        Assert.Empty(BadgeList.All.Select(badge => badge.GetType().Name).Except(tested));
    }

    [Fact]
    public void Who_has_done_nothing_has_every_way_to_go()
    {
        var newcomer = new LearnerBuilder().Build();

        Assert.All(BadgeList.All, badge => Assert.Equal(new Advance(0, badge.Of(newcomer).Wanted), badge.Of(newcomer)));
        Assert.All(BadgeList.All, badge => Assert.False(badge.Of(newcomer).IsReached));
    }

    [Fact]
    public void Who_only_fails_for_a_day_earns_nothing()
    {
        var unlucky = new LearnerBuilder().Fails(300).AlmostCompletes(30).Build();

        Assert.DoesNotContain(BadgeList.All, badge => badge.Of(unlucky).IsReached);
    }

    /// <summary>A badge is never taken back; its rule alone must not say otherwise the day after, or pupils would not understand their page.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_reached_stays_reached_as_a_pupil_goes_on(int seed)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var learner in Years(new Random(seed)))
        {
            var advances = BadgeList.All.ToDictionary(badge => badge.Code, badge => badge.Of(learner));
            Assert.All(advances.Values, advance => Assert.InRange(advance.Done, 0, advance.Wanted));

            // What is tried and not yet solved takes it away, as it says.
            advances.Remove(new NothingLeftBehind().Code);
            Assert.DoesNotContain(reached, code => !advances[code].IsReached);
            reached.UnionWith(advances.Where(pair => pair.Value.IsReached).Select(pair => pair.Key));
        }

        // The story is not so poor that nothing could be lost.
        Assert.True(reached.Count > BadgeList.All.Count / 2, $"{reached.Count} badges");
    }

    /// <summary>A pupil after each of many tries, among 240 exercises of 24 chapters of 4 courses.</summary>
    static IEnumerable<Learner> Years(Random random)
    {
        var exercises = new Dictionary<int, LearnerExercise>();
        var days = new SortedSet<DateOnly>();
        var today = LearnerBuilder.FirstDay;
        for (var tries = 0; tries < 700; tries++)
        {
            if (random.Next(2) == 0) today = today.AddDays(random.Next(30) == 0 ? 20 : 1);
            days.Add(today);
            var id = random.Next(240);
            var before = exercises.GetValueOrDefault(id) ?? new LearnerExercise(id, id / 10, id / 60, (ExerciseKind)(id % 6), 0, 0, random.Next(3), today, null, null);
            var after = before with { Tries = before.Tries + 1 };
            if (random.Next(3) > 0)
            {
                after = after with
                {
                    SolvedOn = before.SolvedOn ?? today, LastRightOn = today, TriesToSolve = before.SolvedOn is null ? after.Tries : before.TriesToSolve,
                };
            }

            exercises[id] = after;
            yield return new Learner([.. exercises.Values], [.. Chapters(exercises.Values)], [.. days], today);
        }
    }

    static IEnumerable<LearnerChapter> Chapters(IReadOnlyCollection<LearnerExercise> exercises) =>
        Enumerable.Range(0, 24).Select(chapter => new LearnerChapter(
            chapter, chapter / 6, Required: 5, exercises.Count(e => e.ChapterId == chapter && e.ExerciseId % 10 < 5 && e.SolvedOn is not null), [$"{"PT"[chapter % 2]}-{chapter / 3}"]));

    [GeneratedRegex(@"\b(?:Rule\.Of|OfKind)<(?<badge>\w+)>\(")]
    private static partial Regex RuleOf();
}
