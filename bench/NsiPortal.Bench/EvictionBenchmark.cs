using System.Diagnostics;
using System.Globalization;
using NsiPortal.Redis;

namespace NsiPortal.Bench;

/// <summary>
/// One tag that many entries carry is evicted: its token overwritten, and, on the same server, its entries looked up and deleted as a store does that
/// keeps a set of keys for each tag.
/// </summary>
static class EvictionBenchmark
{
    const int Rounds = 201;
    const int Page = 250;
    const double Aim = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var entries = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        await using var redis = await BenchRedis.StartAsync();
        var tokens = await redis.TokensAsync();
        await FillAsync(redis.Client, entries);

        var ours = new Sample();
        for (var round = 0; round < Rounds; round++)
        {
            // Its readers see to it that there is one to overwrite.
            if (await tokens.ReadAsync(["courses"], CancellationToken.None) is null) throw new InvalidOperationException("The tokens cannot be read.");
            var began = Stopwatch.GetTimestamp();
            if (await tokens.InvalidateAsync(["courses"]) is null) throw new InvalidOperationException("The token was not overwritten.");
            ours.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var walk = Stopwatch.StartNew();
        await WalkAsync(redis.Client);
        walk.Stop();

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            A tag that {entries} entries carry is evicted; {Rounds} rounds, median (middle half)
              its token overwritten         {ours.ToString("F2", " ms")}, aim {Aim} ms: {(ours.Median < Aim ? "reached" : "missed")}
              its entries found and deleted {walk.Elapsed.TotalMilliseconds:F0} ms, once: {walk.Elapsed.TotalMilliseconds / ours.Median:F0} times as long
            """));
        return ours.Median < Aim ? 0 : 1;
    }

    static async Task FillAsync(RedisClient client, int entries)
    {
        var body = new byte[1000];
        Random.Shared.NextBytes(body);
        foreach (var numbers in Enumerable.Range(0, entries).Chunk(Page))
        {
            await Task.WhenAll(numbers.SelectMany(number => new[]
            {
                client.SendBodyAsync(new RedisCommand("SET", NameOf(number), body, "PX", 3_600_000)).AsTask(),
                client.SendAsync(new RedisCommand("ZADD", "tag", 1, NameOf(number))).AsTask(),
            }));
        }
    }

    static async Task WalkAsync(RedisClient client)
    {
        string cursor = "0";
        do
        {
            var part = (await client.SendAsync(new RedisCommand("ZSCAN", "tag", cursor, "COUNT", Page))).Items;
            cursor = part[0].AsString();
            // Members and scores in turn.
            var keys = part[1].Items.Where((_, i) => i % 2 == 0).Select(member => member.AsString()).ToList();
            await Task.WhenAll(keys.SelectMany(key => new[]
            {
                client.SendAsync(new RedisCommand("DEL", key)).AsTask(), client.SendAsync(new RedisCommand("ZREM", "tag", key)).AsTask(),
            }));
        }
        while (cursor != "0");
    }

    static string NameOf(int number) => $"{BenchRedis.Prefix}:page:/COURS/C{number}|x";
}
