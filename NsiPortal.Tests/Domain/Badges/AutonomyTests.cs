using NsiPortal.Domain.Badges.Autonomy;

namespace NsiPortal.Domain.Badges;

public sealed class AutonomyTests
{
    [Fact]
    public void Ten_without_hints_are_ten_solved_where_none_was_seen() =>
        Rule.Of<TenWithoutHints>(pupil => pupil.Solves(10, failures: 2), almost: pupil => pupil.Solves(9).Solves(hints: 1));

    [Fact]
    public void Fifty_without_hints_are_fifty_solved_where_none_was_seen() =>
        Rule.Of<FiftyWithoutHints>(pupil => pupil.Solves(50), almost: pupil => pupil.Solves(49).Solves(hints: 1));
}
