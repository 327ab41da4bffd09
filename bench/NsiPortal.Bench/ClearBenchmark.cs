using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NsiPortal.Caching.Monitoring;
using NsiPortal.Redis;

namespace NsiPortal.Bench;

/// <summary>
/// Everything is evicted at once, with many keys in Redis: how long until no reader can find any of them, and how long a client that asks after the server
/// all the time waits at most: when nothing happens, while all entries are looked at again and again, and while the dead ones are freed. The server comes
/// before other processes where that may be asked for: what they take from it is not what its commands take.
/// </summary>
static class ClearBenchmark
{
    const int Rounds = 51;

    /// <summary>Entries that one command looks at, as many as one of the portal frees: a few hundred microseconds of the server.</summary>
    const int Batch = 200;

    const int PageSize = 1000;

    /// <summary>Walks without freeing anything: in one there is little time for the machine to be busy with something else.</summary>
    const int Looks = 10;
    const double RotationAim = 10;
    const double StallAim = 5;

    public static async Task<int> RunAsync(string[] args)
    {
        var keys = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        await using var redis = await BenchRedis.StartAsync("--enable-debug-command", "yes");
        var tokens = await redis.TokensAsync();
        var first = await ComeFirstAsync(await redis.InfoAsync("process_id"));
        await redis.Client.SendAsync(new RedisCommand("DEBUG", "POPULATE", keys, BenchRedis.Prefix + ":page", PageSize));

        var rotation = new Sample();
        for (var round = 0; round < Rounds; round++)
        {
            var before = (await tokens.ReadAsync([], CancellationToken.None))!.Epoch;
            var began = Stopwatch.GetTimestamp();
            await tokens.ClearAsync();
            rotation.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if ((await tokens.ReadAsync([], CancellationToken.None))!.Epoch == before) throw new InvalidOperationException("The epoch is the same.");
        }

        var calm = await PingDuringAsync(redis, () => Task.Delay(TimeSpan.FromSeconds(3)));
        await redis.ResetSlowestAsync(microseconds: 100);
        var looking = await PingDuringAsync(redis, async () =>
        {
            for (var look = 0; look < Looks; look++) await LookAsync(redis.Client);
        });
        var control = await redis.SlowestAsync(StallAim);
        await redis.ResetSlowestAsync(microseconds: 100);
        var watch = Stopwatch.StartNew();
        var freed = 0L;
        var freeing = await PingDuringAsync(redis, async () => freed = await new RedisView(redis.Client, BenchRedis.Settings, TimeProvider.System).FreePagesAsync(CancellationToken.None));
        watch.Stop();
        var slowest = await redis.SlowestAsync(StallAim);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            Everything is evicted, {keys} keys of {PageSize} bytes in Redis{(first ? ", which comes before other processes" : ", beside whatever else runs")}
              epoch rotated               {rotation.ToString("F2", " ms")}, median of {Rounds} (middle half), aim {RotationAim} ms: {Aim.Said(rotation.Median < RotationAim)}
              {freed} keys freed, {Batch} at a time, in {watch.Elapsed.TotalSeconds:F1} s
              longest command meanwhile   {slowest.Milliseconds:F2} ms by the server's clock ({slowest.Name}), aim {StallAim} ms: {Aim.Said(slowest.Over == 0)}, {slowest.Over} of {2 * keys / Batch} took longer
                nothing freed, EXISTS     {control.Milliseconds:F2} ms ({control.Name}), {control.Over} of {Looks * 2 * keys / Batch} longer
              a client that pings waited  {freeing.Longest:F2} ms at most ({freeing.Count} times); nothing freed {looking.Longest:F2} ms ({looking.Count}), nothing done {calm.Longest:F2} ms ({calm.Count})
            """));
        return rotation.Median < RotationAim && slowest.Over == 0 && freed == keys ? 0 : 1;
    }

    /// <returns>Whether it may: only the administrator of a machine can have a process come first.</returns>
    static async Task<bool> ComeFirstAsync(long process)
    {
        try
        {
            using var chrt = Process.Start(new ProcessStartInfo("chrt", ["--fifo", "--all-tasks", "--pid", "1", $"{process}"]) { RedirectStandardError = true, UseShellExecute = false })!;
            await chrt.WaitForExitAsync();
            return chrt.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program here.
            return false;
        }
    }

    static async Task LookAsync(RedisClient client)
    {
        var cursor = "0";
        do
        {
            var part = (await client.SendAsync(new RedisCommand("SCAN", cursor, "MATCH", BenchRedis.Prefix + ":page:*", "COUNT", Batch))).Items;
            cursor = part[0].AsString();
            var found = part[1].Items;
            if (found.Count == 0) continue;
            await client.SendAsync(new RedisCommand("EXISTS", [.. found.Select(key => (RedisArgument)key.AsBytes()!)]));
        }
        while (cursor != "0");
    }

    /// <summary>A client of its own, on a thread of its own, that asks a millisecond after each answer: one that never rests would take the processor that others need.</summary>
    static async Task<(double Longest, int Count)> PingDuringAsync(BenchRedis redis, Func<Task> act)
    {
        var (longest, count, over) = (TimeSpan.Zero, 0, false);
        var thread = new Thread(() =>
        {
            using var client = new TcpClient { NoDelay = true };
            client.Connect(IPAddress.Loopback, redis.Server.Port);
            var stream = client.GetStream();
            var (ping, pong) = ("PING\r\n"u8.ToArray(), new byte[16]);
            while (!Volatile.Read(ref over))
            {
                var began = Stopwatch.GetTimestamp();
                stream.Write(ping);
                stream.ReadExactly(pong, 0, "+PONG\r\n".Length);
                var took = Stopwatch.GetElapsedTime(began);
                if (took > longest) longest = took;
                count++;
                Thread.Sleep(1);
            }
        });
        thread.Start();
        await act();
        Volatile.Write(ref over, true);
        thread.Join();
        return (longest.TotalMilliseconds, count);
    }
}
