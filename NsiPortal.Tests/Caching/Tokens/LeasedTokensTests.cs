using NsiPortal.Support;

namespace NsiPortal.Caching.Tokens;

public sealed class LeasedTokensTests
{
    static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    readonly ManualTime time = new();
    readonly LeasedTokens leased;
    readonly Guid epoch = Guid.NewGuid();
    readonly Guid token = Guid.NewGuid();

    public LeasedTokensTests() => leased = new LeasedTokens(Length, time);

    void Keep(LeasedTokens.Asking asking, string tag = "courses") => leased.Keep(asking, epoch, [(tag, token)]);

    [Fact]
    public void What_was_read_is_found_until_the_lease_is_over()
    {
        Assert.Null(leased.Find(["courses"]));
        Keep(leased.Ask());
        time.Advance(Length - TimeSpan.FromTicks(1));
        var found = leased.Find(["courses"])!;
        Assert.Equal((epoch, token, true), (found.Epoch, found.Tokens.Single(), found.Leased));
        Assert.Null(leased.Find(["courses", "routes"]));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(leased.Find(["courses"]));
    }

    [Fact]
    public void The_lease_counts_from_when_the_question_was_asked_and_any_answer_renews_it()
    {
        var asking = leased.Ask();
        time.Advance(Length / 2);
        Keep(asking);
        var other = leased.Ask();
        time.Advance(Length / 2);
        Assert.Null(leased.Find(["courses"]));
        leased.Hear(other);
        Assert.NotNull(leased.Find(["courses"]));
    }

    [Fact]
    public void What_something_was_said_about_since_it_was_asked_for_is_not_kept()
    {
        var asking = leased.Ask();
        leased.Forget();
        Keep(asking);
        Assert.Null(leased.Find(["courses"]));
        Keep(leased.Ask());
        Assert.NotNull(leased.Find(["courses"]));
        leased.Forget();
        Assert.Null(leased.Find(["courses"]));
    }

    [Fact]
    public void Without_a_length_nothing_is_kept()
    {
        var none = new LeasedTokens(TimeSpan.Zero, time);
        none.Keep(none.Ask(), epoch, [("courses", token)]);
        Assert.Null(none.Find(["courses"]));
    }

    [Fact]
    public void A_flood_of_tags_is_forgotten()
    {
        leased.Keep(leased.Ask(), epoch, Enumerable.Range(0, 100_001).Select(i => ($"tag:{i}", (Guid?)token)));
        Assert.Null(leased.Find(["tag:1"]));
    }
}
