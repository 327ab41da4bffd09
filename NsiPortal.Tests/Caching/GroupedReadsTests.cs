using System.Threading.Channels;
using NsiPortal.Caching.Tokens;
using NsiPortal.Support;

namespace NsiPortal.Caching;

/// <summary>Tokens are read for many at once, and for nobody by a reading that began before he asked.</summary>
public sealed class GroupedReadsTests
{
    [Fact(Timeout = 30_000)]
    public async Task While_one_reading_is_under_way_the_others_share_the_next()
    {
        var asked = new List<string[]>();
        var begun = Channel.CreateUnbounded<TaskCompletionSource>();
        var reads = new GroupedReads(async (tags, _) =>
        {
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            asked.Add([.. tags]);
            await begun.Writer.WriteAsync(gate);
            await gate.Task;
            return [Guid.Empty, .. tags.Select(tag => (Guid?)TokenOf(tag, asked.Count))];
        }, TimeProvider.System);

        var first = reads.ReadAsync(["a", "b"]);
        var one = await begun.Reader.ReadAsync();
        var later = Enumerable.Range(0, 20).Select(i => reads.ReadAsync([i % 2 == 0 ? "a" : "c", "b"])).ToList();
        Assert.Single(asked);
        one.SetResult();
        Assert.Equal([TokenOf("a", 1), TokenOf("b", 1)], (await first)!.Tokens);
        (await begun.Reader.ReadAsync()).SetResult();
        for (var i = 0; i < later.Count; i++) Assert.Equal([TokenOf(i % 2 == 0 ? "a" : "c", 2), TokenOf("b", 2)], (await later[i])!.Tokens);
        Assert.Equal([["a", "b"], ["a", "b", "c"]], asked);
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_lacks_a_token_has_no_reading_and_the_others_have_theirs()
    {
        var reads = new GroupedReads((tags, _) => Task.FromResult<Guid?[]>([Guid.Empty, .. tags.Select(tag => tag == "plein" ? (Guid?)null : TokenOf(tag, 0))]), TimeProvider.System);
        Assert.Null(await reads.ReadAsync(["a", "plein"]));
        Assert.NotNull(await reads.ReadAsync(["a"]));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reading_that_fails_fails_those_who_waited_for_it_and_nobody_else()
    {
        var fails = true;
        var reads = new GroupedReads(async (tags, _) =>
        {
            await Task.Yield();
            return fails ? throw new TimeoutException() : [Guid.Empty, .. tags.Select(tag => (Guid?)TokenOf(tag, 0))];
        }, TimeProvider.System);
        await Assert.ThrowsAsync<TimeoutException>(() => reads.ReadAsync(["a"]));
        fails = false;
        Assert.NotNull(await reads.ReadAsync(["a"]));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reading_knows_how_long_the_first_who_shares_it_has_waited()
    {
        var time = new ManualTime();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waited = new List<TimeSpan>();
        var reads = new GroupedReads(async (_, since) =>
        {
            waited.Add(time.GetElapsedTime(since));
            begun.TrySetResult();
            await gate.Task;
            return [Guid.Empty];
        }, time);
        List<Task> all = [reads.ReadAsync([])];
        await begun.Task;
        all.Add(reads.ReadAsync([]));
        time.Advance(TimeSpan.FromSeconds(3));
        all.Add(reads.ReadAsync([]));
        time.Advance(TimeSpan.FromSeconds(4));
        gate.SetResult();
        await Task.WhenAll(all);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(7)], waited);
    }

    static Guid TokenOf(string tag, int reading) => new(reading, 0, 0, [0, 0, 0, 0, 0, 0, 0, (byte)tag[0]]);
}
