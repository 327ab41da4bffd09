using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using NsiPortal.Redis;

namespace NsiPortal.Caching.Monitoring;

/// <summary>The shared Redis as its operator sees it. Keys are walked in small steps, so that nobody else waits long for one of them.</summary>
/// <param name="client">The server.</param>
/// <param name="options">What the portal's keys begin with.</param>
/// <param name="time">The clock.</param>
public sealed class RedisView(RedisClient client, IOptions<CacheOptions> options, TimeProvider time)
{
    const int Step = 200;
    const int MaximumCounted = 100_000;

    /// <summary>After each step that frees memory: the server gives it back to the machine at its own pace, and one that falls behind makes readers wait for tens of milliseconds.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);

    /// <summary>An operator has more patience than a reader.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly string prefix = options.Value.RedisPrefix;

    /// <summary>Writes, reads and deletes a value of its own.</summary>
    /// <returns>How long each of the three took, in that order.</returns>
    /// <exception cref="RedisException">It could not.</exception>
    public async Task<TimeSpan[]> PingAsync(CancellationToken cancellationToken)
    {
        await client.StartAsync(cancellationToken);
        var key = $"{prefix}:ping:{Guid.NewGuid():n}";
        var watch = Stopwatch.StartNew();
        await SendAsync(new RedisCommand("SET", key, "ping", "EX", 10), cancellationToken);
        var written = watch.Elapsed;
        if ((await SendAsync(new RedisCommand("GET", key), cancellationToken)).AsString() != "ping") throw new RedisException("It did not give back what was written.");
        var read = watch.Elapsed;
        await SendAsync(new RedisCommand("DEL", key), cancellationToken);
        return [written, read - written, watch.Elapsed - read];
    }

    /// <summary>What the server tells of itself, by the names it uses.</summary>
    /// <exception cref="RedisException">It does not.</exception>
    public async Task<RedisFigures> FiguresAsync(CancellationToken cancellationToken)
    {
        await client.StartAsync(cancellationToken);
        var told = (await SendAsync(new RedisCommand("INFO"), cancellationToken)).AsString().Split("\r\n").Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1]);
        var tokens = (await SendAsync(new RedisCommand("HLEN", prefix + ":gen"), cancellationToken)).AsInteger();
        var keys = (await SendAsync(new RedisCommand("DBSIZE"), cancellationToken)).AsInteger();
        return new RedisFigures(
            told.GetValueOrDefault("redis_version", "?"), Number("used_memory"), Number("maxmemory"), told.GetValueOrDefault("maxmemory_policy", "?"), Number("connected_clients"),
            Number("total_commands_processed"), Number("instantaneous_ops_per_sec"), Number("keyspace_hits"), Number("keyspace_misses"), Number("evicted_keys"), keys,
            // The epoch is no token of a tag.
            Math.Max(0, tokens - 1));

        long Number(string name) => long.TryParse(told.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>The pages whose key contains the pattern, whatever its case; <c>*</c> and <c>?</c> stand for any characters and for one.</summary>
    /// <exception cref="RedisException">They cannot be read.</exception>
    public async IAsyncEnumerable<RedisPage> PagesAsync(string pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var keys in WalkAsync(pattern, cancellationToken))
        {
            var told = keys.Select(key => (Key: key, Bytes: SendAsync(new RedisCommand("STRLEN", key), cancellationToken), Left: SendAsync(new RedisCommand("PTTL", key), cancellationToken))).ToList();
            foreach (var (key, bytes, left) in told)
            {
                var page = new RedisPage(key[Pages.Length..], (await bytes).AsInteger(), TimeSpan.FromMilliseconds((await left).AsInteger()));
                // One that has just ended is none any more.
                if (page.Left > TimeSpan.Zero) yield return page;
            }
        }
    }

    /// <summary>How many keys the portal has, by what stands behind its prefix. Of very many only some are counted, which is said.</summary>
    /// <exception cref="RedisException">They cannot be read.</exception>
    public async Task<RedisKeys> KeysAsync(CancellationToken cancellationToken)
    {
        await client.StartAsync(cancellationToken);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (cursor, walked) = ("0", 0);
        do
        {
            var answer = (await SendAsync(new RedisCommand("SCAN", cursor, "MATCH", prefix + ":*", "COUNT", 10 * Step), cancellationToken)).Items;
            cursor = answer[0].AsString();
            walked += 10 * Step;
            foreach (var key in answer[1].Items.Select(key => key.AsString()))
            {
                var kind = key[(prefix.Length + 1)..].Split(':', 2)[0];
                counts[kind] = counts.GetValueOrDefault(kind) + 1;
            }
        }
        while (cursor != "0" && walked < MaximumCounted);
        return new RedisKeys([.. counts.Select(count => new RedisKeyCount(count.Key, count.Value))], cursor == "0");
    }

    /// <summary>Frees the memory of all pages. Whoever clears the cache has made them unreachable before.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="RedisException">It could not.</exception>
    public async Task<long> FreePagesAsync(CancellationToken cancellationToken)
    {
        var freed = 0L;
        await foreach (var keys in WalkAsync("", cancellationToken))
        {
            freed += (await SendAsync(new RedisCommand("UNLINK", [.. keys.Select(key => (RedisArgument)key)]), cancellationToken)).AsInteger();
            await Task.Delay(Rest, time, cancellationToken);
        }

        return freed;
    }

    string Pages => prefix + ":page:";

    async IAsyncEnumerable<IReadOnlyList<string>> WalkAsync(string pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await client.StartAsync(cancellationToken);
        var match = $"{Pages}*{string.Concat(pattern.Select(Either))}*";
        var cursor = "0";
        do
        {
            var answer = (await SendAsync(new RedisCommand("SCAN", cursor, "MATCH", match, "COUNT", Step), cancellationToken)).Items;
            cursor = answer[0].AsString();
            if (answer[1].Items is { Count: > 0 } found) yield return [.. found.Select(key => key.AsString())];
        }
        while (cursor != "0");
    }

    static string Either(char letter) =>
        letter is '[' or ']' or '\\' or '^' ? $"\\{letter}" : char.IsLetter(letter) ? $"[{char.ToLowerInvariant(letter)}{char.ToUpperInvariant(letter)}]" : $"{letter}";

    Task<RedisValue> SendAsync(RedisCommand command, CancellationToken cancellationToken) => client.SendAsync(command, Patience, cancellationToken).AsTask();
}

/// <param name="Version">Of the server.</param>
/// <param name="Memory">Bytes that it uses.</param>
/// <param name="MaximumMemory">Bytes that it may use; 0 for no limit.</param>
/// <param name="Policy">What it does at that limit.</param>
/// <param name="Clients">Connections, this one included.</param>
/// <param name="Commands">Since its start.</param>
/// <param name="CommandsPerSecond">Now.</param>
/// <param name="Found">Look-ups of a key that was there, since its start.</param>
/// <param name="Missed">Look-ups of one that was not.</param>
/// <param name="Evicted">Keys that it dropped for want of memory.</param>
/// <param name="Keys">All that it holds, of whatever kind.</param>
/// <param name="Tokens">Tags that have a token.</param>
public sealed record RedisFigures(
    string Version, long Memory, long MaximumMemory, string Policy, long Clients, long Commands, long CommandsPerSecond, long Found, long Missed, long Evicted, long Keys, long Tokens);

/// <param name="Whole">Whether all were counted.</param>
public sealed record RedisKeys(IReadOnlyList<RedisKeyCount> Kinds, bool Whole);

public sealed record RedisKeyCount(string Kind, int Count);

/// <param name="Key">What it is kept under, without what all pages' keys begin with.</param>
/// <param name="Bytes">How many it takes.</param>
/// <param name="Left">Until it ends.</param>
public sealed record RedisPage(string Key, long Bytes, TimeSpan Left);
