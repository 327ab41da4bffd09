using NsiPortal.Domain.Badges.Breadth;
using NsiPortal.Support;

namespace NsiPortal.Domain.Badges;

public sealed class BreadthTests
{
    [Fact]
    public void An_exploration_goes_through_five_chapters() =>
        Rule.Of<Exploration>(pupil => SolvesInChapters(pupil, 5), almost: pupil => SolvesInChapters(pupil, 4));

    [Fact]
    public void A_great_journey_goes_through_three_courses() =>
        Rule.Of<GreatJourney>(pupil => pupil.Solves(course: 1).Solves(course: 2).Solves(course: 3), almost: pupil => pupil.Solves(5, course: 1).Solves(course: 2));

    [Fact]
    public void A_whole_chapter_has_no_required_exercise_left() =>
        Rule.Of<WholeChapter>(pupil => pupil.Completes(), almost: pupil => pupil.AlmostCompletes());

    [Fact]
    public void Five_chapters_are_five_whole_ones() =>
        Rule.Of<FiveChapters>(pupil => pupil.Completes(5), almost: pupil => pupil.Completes(4).AlmostCompletes());

    [Fact]
    public void Twenty_chapters_are_twenty_whole_ones() =>
        Rule.Of<TwentyChapters>(pupil => pupil.Completes(20), almost: pupil => pupil.Completes(19).AlmostCompletes());

    [Fact]
    public void A_whole_course_has_no_chapter_left() =>
        Rule.Of<WholeCourse>(pupil => pupil.Completes(3), almost: pupil => pupil.Completes(3).AlmostCompletes());

    [Fact]
    public void A_course_of_two_chapters_is_too_short_and_the_nearest_to_its_end_counts()
    {
        Assert.Equal(new Advance(0, 3), new WholeCourse().Of(new LearnerBuilder().Completes(2).Build()));
        Assert.Equal(
            new Advance(4, 5),
            new WholeCourse().Of(new LearnerBuilder().Completes(1, course: 1).AlmostCompletes(2, course: 1).Completes(4, course: 2).AlmostCompletes(1, course: 2).Build()));
    }

    [Fact]
    public void Three_themes_are_those_of_whole_chapters() =>
        Rule.Of<ThreeThemes>(
            pupil => pupil.Completes(1, 1, "T-BDD", "T-ALGO").Completes(1, 1, "T-LANG"),
            almost: pupil => pupil.Completes(2, 1, "T-BDD", "T-ALGO").AlmostCompletes(1, 1, "T-LANG"));

    [Fact]
    public void Six_themes_are_those_of_whole_chapters() =>
        Rule.Of<SixThemes>(
            pupil => pupil.Completes(1, 1, "T-HIST", "T-STRUC", "T-BDD").Completes(1, 2, "T-ARCH", "P-WEB", "P-TAB"),
            almost: pupil => pupil.Completes(1, 1, "T-HIST", "T-STRUC", "T-BDD").Completes(1, 2, "T-ARCH", "P-WEB", "T-BDD"));

    [Fact]
    public void Both_programmes_are_a_whole_chapter_of_each() =>
        Rule.Of<BothProgrammes>(pupil => pupil.Completes(1, 1, "P-ALGO").Completes(1, 2, "T-ALGO"), almost: pupil => pupil.Completes(2, 1, "T-ALGO", "T-BDD").Completes());

    static void SolvesInChapters(LearnerBuilder pupil, int count)
    {
        foreach (var chapter in Enumerable.Range(1, count)) pupil.Solves(2, chapter: chapter);
    }
}
