namespace NsiPortal.Domain.Learning;

public sealed class LeaguesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(44, 1)]
    [InlineData(46, 2)]
    [InlineData(300, 10)]
    [InlineData(100_000, 3333)]
    public void There_is_a_league_for_about_thirty_who_took_part_and_at_least_one(int participants, int leagues) => Assert.Equal(leagues, Leagues.Count(participants));

    [Fact]
    public void Leagues_share_out_all_buckets_without_a_gap()
    {
        var random = new Random(3);
        foreach (var count in Enumerable.Range(1, 200).Concat(Enumerable.Range(0, 50).Select(_ => random.Next(1, 5000))))
        {
            var (leagues, to) = (0, 0);
            while (to < Leagues.Buckets)
            {
                var (from, next) = Leagues.Around(to, count);
                Assert.Equal(to, from);
                Assert.Equal((from, next), Leagues.Around(next - 1, count));
                var inside = random.Next(from, next);
                Assert.Equal((from, next), Leagues.Around(inside, count));
                (to, leagues) = (next, leagues + 1);
            }

            Assert.Equal((count, Leagues.Buckets), (leagues, to));
        }
    }

    [Fact]
    public void A_user_has_one_bucket_for_a_week_and_meets_others_the_week_after()
    {
        var week = Period.WeekOf(new DateOnly(2026, 11, 25));
        Assert.All(Enumerable.Range(1, 1000), user => Assert.Equal(Leagues.BucketOf(user, week), Leagues.BucketOf(user, week)));
        // The lot was drawn once and for all: standings that are kept hold it.
        Assert.Equal([211_664, 762_438], [Leagues.BucketOf(1, week), Leagues.BucketOf(1, week + 7)]);
        Assert.True(Enumerable.Range(1, 1000).Count(user => Leagues.BucketOf(user, week) * 30L / Leagues.Buckets == Leagues.BucketOf(user, week + 7) * 30L / Leagues.Buckets) < 80);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(3000)]
    [InlineData(30_000)]
    public void Leagues_have_about_thirty_members(int participants)
    {
        var week = Period.WeekOf(new DateOnly(2026, 11, 25));
        var count = Leagues.Count(participants);
        var sizes = Enumerable.Range(1, participants).GroupBy(user => Leagues.Around(Leagues.BucketOf(user, week), count)).Select(league => league.Count()).ToList();
        Assert.Equal(count, sizes.Count);
        // As drawing lots spreads them: the standard deviation is the root of thirty.
        Assert.InRange(sizes.Average(size => (size - Leagues.Size) * (size - Leagues.Size)), 0, 2 * Leagues.Size);
        Assert.InRange(sizes.Min(), 8, Leagues.Size);
        Assert.InRange(sizes.Max(), Leagues.Size, 60);
    }
}
