using NsiPortal.Domain.Badges.Amounts;

namespace NsiPortal.Domain.Badges;

public sealed class AmountsTests
{
    [Fact]
    public void The_first_step_is_an_exercise_solved() =>
        Rule.Of<FirstStep>(pupil => pupil.Solves(), almost: pupil => pupil.Fails());

    [Fact]
    public void Ten_are_ten_solved_whatever_was_missed_beside() =>
        Rule.Of<TenSolved>(pupil => pupil.Solves(10).Fails(), almost: pupil => pupil.Solves(9).Fails());

    [Fact]
    public void Fifty_are_fifty_solved() =>
        Rule.Of<FiftySolved>(pupil => pupil.Solves(50), almost: pupil => pupil.Solves(49));

    [Fact]
    public void A_hundred_are_a_hundred_solved() =>
        Rule.Of<HundredSolved>(pupil => pupil.Solves(100), almost: pupil => pupil.Solves(99));

    [Fact]
    public void Two_hundred_and_fifty_are_so_many_solved() =>
        Rule.Of<TwoHundredAndFiftySolved>(pupil => pupil.Solves(250), almost: pupil => pupil.Solves(249));
}
