using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NsiPortal.Redis;
using NsiPortal.Support;

namespace NsiPortal.Bench;

/// <summary>GET of 100 bytes by 32 callers of our client at once, against redis-benchmark with one connection and 32 commands under way, in turn on one server.</summary>
static partial class RedisBenchmark
{
    const int Rounds = 15;
    const int Callers = 32;
    const int Commands = 200_000;
    const double LeastRatio = 0.35;

    public static async Task<int> RunAsync()
    {
        await using var server = await RedisServer.StartAsync();
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        await using var client = new RedisClient(
            RedisUrl.Parse(server.Url) with { CommandTimeout = TimeSpan.FromSeconds(10) }, TimeProvider.System, NullLoggerFactory.Instance, services.GetRequiredService<IMeterFactory>());
        await client.StartAsync(CancellationToken.None);
        await client.SendAsync(new RedisCommand("SET", "page", new string('x', 100)));

        await OursAsync(client);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            theirs.Add(await TheirsAsync(server));
            ours.Add(await OursAsync(client));
        }

        var ratios = ours.Zip(theirs, (mine, other) => mine / other).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            GET of 100 bytes, {Callers} under way on one connection; medians of {Rounds} interleaved rounds of {Commands} (lowest to highest)
              redis-benchmark -c 1 -P 32  {Median(theirs),10:F0} requests/s
              our client, 32 callers      {Median(ours),10:F0} requests/s   {ratios[Rounds / 2]:F2} of it ({ratios[0]:F2} to {ratios[^1]:F2}), aim {LeastRatio}: {Aim.Said(ratios[Rounds / 2] >= LeastRatio)}
            """));
        return ratios[Rounds / 2] >= LeastRatio ? 0 : 1;
    }

    static async Task<double> OursAsync(RedisClient client)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Commands / Callers; i++)
            {
                if ((await client.SendAsync(new RedisCommand("GET", "page"))).AsBytes()!.Length != 100) throw new InvalidOperationException("That was not the page.");
            }
        })));
        return Commands / watch.Elapsed.TotalSeconds;
    }

    static async Task<double> TheirsAsync(RedisServer server)
    {
        using var benchmark = Process.Start(new ProcessStartInfo("redis-benchmark",
            ["-p", server.Port.ToString(CultureInfo.InvariantCulture), "-c", "1", "-P", "32", "-n", $"{Commands}", "-q", "GET", "page"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await benchmark.StandardOutput.ReadToEndAsync();
        await benchmark.WaitForExitAsync();
        return double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    [GeneratedRegex(@"([\d.]+) requests per second")]
    private static partial Regex Rate();
}
