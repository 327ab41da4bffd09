using NsiPortal.Domain.Badges.Perseverance;
using NsiPortal.Support;

namespace NsiPortal.Domain.Badges;

public sealed class PerseveranceTests
{
    static readonly DateOnly Day = LearnerBuilder.FirstDay;

    [Fact]
    public void Not_giving_up_is_solving_after_three_failures() =>
        Rule.Of<NotGivingUp>(pupil => pupil.Solves(failures: 3), almost: pupil => pupil.Solves(failures: 2).Fails());

    [Fact]
    public void A_tenacious_pupil_does_so_ten_times() =>
        Rule.Of<Tenacious>(pupil => pupil.Solves(10, failures: 3), almost: pupil => pupil.Solves(9, failures: 3).Solves(failures: 2));

    [Fact]
    public void A_comeback_is_solving_on_another_day() =>
        Rule.Of<Comeback>(pupil => pupil.Solves(daysLater: 1), almost: pupil => pupil.Solves(failures: 5));

    [Fact]
    public void Ten_comebacks_are_ten_exercises() =>
        Rule.Of<TenComebacks>(pupil => pupil.Solves(10, daysLater: 1), almost: pupil => pupil.Solves(9, daysLater: 8).Solves());

    [Fact]
    public void A_long_haul_is_solving_thirty_days_later() =>
        Rule.Of<LongHaul>(pupil => pupil.Solves(daysLater: 30), almost: pupil => pupil.Solves(daysLater: 29));

    [Fact]
    public void Nothing_is_left_behind_when_all_that_was_tried_is_solved_and_it_is_much() =>
        Rule.Of<NothingLeftBehind>(pupil => pupil.Solves(20), almost: pupil => pupil.Solves(19));

    [Fact]
    public void One_exercise_left_unsolved_is_left_behind() =>
        Rule.Of<NothingLeftBehind>(pupil => pupil.Solves(30), almost: pupil => pupil.Solves(29).Fails());

    [Fact]
    public void To_be_back_is_to_work_again_after_two_weeks_away() =>
        Rule.Of<BackAgain>(pupil => pupil.Works(Day, Day.AddDays(14)), almost: pupil => pupil.Works(Day, Day.AddDays(13), Day.AddDays(26)));

    [Fact]
    public void A_helping_hand_is_a_hint_seen_for_an_exercise_that_is_solved() =>
        Rule.Of<HelpingHand>(pupil => pupil.Solves(hints: 1), almost: pupil => pupil.Solves().Fails());

    [Fact]
    public void A_second_reading_is_being_right_again_on_another_day_five_times() =>
        Rule.Of<SecondReading>(pupil => pupil.Solves(5, rightAgainAfter: 1), almost: pupil => pupil.Solves(4, rightAgainAfter: 1).Solves());

    [Fact]
    public void A_good_memory_is_being_right_again_sixty_days_after_solving() =>
        Rule.Of<GoodMemory>(pupil => pupil.Solves(rightAgainAfter: 60), almost: pupil => pupil.Solves(daysLater: 80, rightAgainAfter: 59));

    [Fact]
    public void An_elephant_does_so_for_twenty_exercises() =>
        Rule.Of<ElephantMemory>(pupil => pupil.Solves(20, rightAgainAfter: 60), almost: pupil => pupil.Solves(19, rightAgainAfter: 90).Solves(rightAgainAfter: 59));
}
