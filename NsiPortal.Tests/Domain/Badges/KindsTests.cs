using NsiPortal.Domain.Badges.Kinds;
using NsiPortal.Domain.Exercises;

namespace NsiPortal.Domain.Badges;

public sealed class KindsTests
{
    [Fact]
    public void Good_choices_are_ten_solved() => OfKind<GoodChoices>(ExerciseKind.MultipleChoice, 10);

    [Fact]
    public void The_right_word_is_found_ten_times() => OfKind<RightWord>(ExerciseKind.ShortAnswer, 10);

    [Fact]
    public void No_gap_is_left_in_ten_texts() => OfKind<NoGapLeft>(ExerciseKind.Gaps, 10);

    [Fact]
    public void Lines_are_put_in_order_ten_times() => OfKind<LinesInOrder>(ExerciseKind.Parsons, 10);

    [Fact]
    public void Good_pairs_are_made_ten_times() => OfKind<GoodPairs>(ExerciseKind.Matching, 10);

    [Fact]
    public void Whoever_writes_well_does_so_three_times() => OfKind<WellWritten>(ExerciseKind.FreeAnswer, 3);

    [Fact]
    public void A_jack_of_all_trades_knows_five_kinds() =>
        Rule.Of<JackOfAllTrades>(
            pupil => { foreach (var kind in Enum.GetValues<ExerciseKind>().Take(5)) pupil.Solves(kind: kind); },
            almost: pupil => { foreach (var kind in Enum.GetValues<ExerciseKind>().TakeLast(4)) pupil.Solves(7, kind); });

    static void OfKind<TBadge>(ExerciseKind kind, int count)
        where TBadge : Badge, new()
    {
        var other = kind == ExerciseKind.Gaps ? ExerciseKind.Parsons : ExerciseKind.Gaps;
        Rule.Of<TBadge>(pupil => pupil.Solves(count, kind), almost: pupil => pupil.Solves(count - 1, kind).Solves(count, other));
    }
}
