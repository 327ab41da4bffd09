using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NsiPortal.Redis;

namespace NsiPortal.Caching.Tokens;

/// <summary>
/// Tokens that all processes share, in one hash of Redis, with an epoch that names the server it was drawn on: a server that was restored, promoted
/// or restarted is another one, and its pages from before are unreachable. Values are random and each is sent once, so that a command that lands
/// late costs misses only.
/// </summary>
/// <remarks>Not sealed so that the coherence tests can break it and see that they notice.</remarks>
public class RedisTokens : TagTokens
{
    const string Epoch = "epoch";
    const int TokenLength = 16;

    /// <summary>What a request may wait for its tokens, the group before its own included.</summary>
    static readonly TimeSpan ReadingLimit = TimeSpan.FromMilliseconds(130);

    /// <summary>What a writer waits for its tokens before it has the others hear of its change by their polls.</summary>
    static readonly TimeSpan WritingLimit = TimeSpan.FromMilliseconds(250);

    /// <summary>Who the server is; replaces an epoch that was drawn on another one. Full, it can still be made to have none, which makes nothing readable.</summary>
    static readonly RedisScript Comparing = new("""
        local replication = redis.call('INFO', 'replication')
        if string.match(replication, 'role:(%w+)') ~= 'master' then return false end
        local server = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') .. ':' .. string.match(replication, 'master_replid:(%w+)')
        local epoch = redis.call('HGET', KEYS[1], 'epoch')
        if not epoch or string.sub(epoch, 17) ~= server then
          local set = redis.pcall('HSET', KEYS[1], 'epoch', ARGV[1] .. server)
          if type(set) == 'table' and set.err then redis.call('HDEL', KEYS[1], 'epoch') end
        end
        return server
        """);

    /// <summary>Draws what is missing, then reads all. Full, the server leaves it missing.</summary>
    static readonly RedisScript Drawing = new("""
        local fields = {}
        for i = 1, #ARGV, 2 do
          fields[#fields + 1] = ARGV[i]
          if ARGV[i + 1] ~= '' then redis.pcall('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1]) end
        end
        return redis.call('HMGET', KEYS[1], unpack(fields))
        """);

    readonly RedisClient client;
    readonly TimeProvider time;
    readonly ILogger<RedisTokens> log;
    readonly string key;
    readonly string place;
    readonly GroupedReads reads;
    readonly LeasedTokens leased;
    readonly bool leases;

    // The server behind the connection of commands; then the server and the opening of the circuit that the last poll has dealt with.
    volatile string? server;
    volatile Dealt? met;
    volatile Dealt? vouched;
    bool failing;

    public RedisTokens(RedisClient client, IOptions<CacheOptions> options, TimeProvider time, ILogger<RedisTokens> log)
    {
        (this.client, this.time, this.log) = (client, time, log);
        var (prefix, lease) = (options.Value.RedisPrefix, options.Value.TokenLease);
        key = prefix + ":gen";
        place = $":{client.Options.Database}:{prefix}";
        reads = new GroupedReads(ReadGroupAsync, time);
        leased = new LeasedTokens(lease, time);
        leases = lease > TimeSpan.Zero;
        client.Connected = GreetAsync;
        // Nothing else is ever said unasked, and to forget costs one reading.
        client.Pushed = _ => leased.Forget();
    }

    /// <summary>Answers with the server's name, once its epoch is one that was drawn on it.</summary>
    protected virtual RedisScript Greeting => Comparing;

    public override bool AreShared => true;

    public override bool Readable => Usable is not null;

    // A circuit that was open has let go of things: only what a poll dealt with since may be used, and only on the server that it dealt with.
    Dealt? Usable => vouched is { } dealt && client.Available && client.Openings == dealt.Openings && server == dealt.Server ? dealt : null;

    public override async ValueTask<TokenReading?> ReadAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken, bool fresh = false)
    {
        if (Usable is not { } before) return null;
        if (!fresh && leased.Find(tags) is { } kept) return kept;
        try
        {
            // Who goes away need not be let go earlier: a timer or a registration for each request costs more than the reading.
            var reading = await reads.ReadAsync(tags);
            // Read on another server, which nobody has vouched for, or that somebody has only since.
            return ReferenceEquals(Usable?.Server, before.Server) ? reading : null;
        }
        catch (RedisException)
        {
            return null;
        }
    }

    /// <summary>The epoch, then each of the tags; null for what is not there and cannot be drawn.</summary>
    async Task<Guid?[]> ReadGroupAsync(IReadOnlyList<string> tags, long since)
    {
        var asking = leased.Ask();
        var named = server;
        string[] fields = [Epoch, .. tags];
        var values = (await client.SendAsync(new RedisCommand("HMGET", [key, .. fields.Select(field => (RedisArgument)field)]), Left(since))).Items;
        if (values.Any(value => value.IsNull))
        {
            var arguments = fields.Zip(values).SelectMany(pair => (RedisArgument[])[pair.First,
                !pair.Second.IsNull ? "" : pair.First == Epoch ? DrawEpoch(named) : Draw()]);
            values = (await client.RunAsync(Drawing, [key], [.. arguments], Left(since))).Items;
        }

        Guid?[] tokens = [.. values.Select((value, i) => TokenOf(value, isEpoch: i == 0))];
        if (tokens[0] is { } epoch) leased.Keep(asking, epoch, tags.Zip(tokens.Skip(1)));
        return tokens;
    }

    TimeSpan Left(long since) => ReadingLimit - time.GetElapsedTime(since) is { Ticks: > 0 } left ? left : throw new RedisUnavailableException("The reading before took too long.");

    static Guid? TokenOf(RedisValue value, bool isEpoch) =>
        value.IsNull || value.AsBytes() is not { } bytes || (isEpoch ? bytes.Length <= TokenLength : bytes.Length != TokenLength) ? null : new Guid(bytes.AsSpan(0, TokenLength));

    static byte[] Draw() => RandomNumberGenerator.GetBytes(TokenLength);

    static byte[] DrawEpoch(string? server) => [.. Draw(), .. Encoding.ASCII.GetBytes(server ?? "")];

    public override ValueTask<string?> InvalidateAsync(IReadOnlyCollection<string> tags) =>
        OverwriteAsync([.. tags], _ => Draw());

    public override ValueTask<string?> ClearAsync() => OverwriteAsync([Epoch], DrawEpoch);

    async ValueTask<string?> OverwriteAsync(string[] fields, Func<string?, byte[]> draw)
    {
        try
        {
            // A command of the command line has nothing that connects before it.
            await client.StartAsync(CancellationToken.None);
            var before = server;
            try
            {
                await client.SendAsync(new RedisCommand("HSET", [key, .. fields.SelectMany(field => (RedisArgument[])[field, draw(before)])]), WritingLimit);
            }
            catch (RedisErrorException full) when (full.Code == "OOM")
            {
                await client.SendAsync(new RedisCommand("HDEL", [key, .. fields.Select(field => (RedisArgument)field)]), WritingLimit);
            }

            // The same greeting: a connection in between may have reached another server.
            return before is not null && ReferenceEquals(before, server) ? before + place : null;
        }
        catch (RedisException)
        {
            return null;
        }
        finally
        {
            // Here, nobody uses what its author knows to be old.
            leased.Forget();
        }
    }

    internal override async ValueTask<string?> MeetAsync()
    {
        var openings = client.Openings;
        var asking = leased.Ask();
        var before = server;
        try
        {
            var name = NameOf(await client.RunAsync(Greeting, [key], [Draw()], WritingLimit));
            // On the same connection it may be a copy by now, or call itself something else: after it was one, or an hour after its last copy left.
            if (name is null) vouched = null;
            else if (name != before) Interlocked.CompareExchange(ref server, name, before);
            met = name is null || name != server ? null : new Dealt(name, openings);
            leased.Hear(asking);
            failing = false;
        }
        catch (RedisUnavailableException)
        {
            // The client tells of its connection.
            met = null;
        }
        catch (RedisException fault)
        {
            if (!failing) log.LogWarning("Redis refuses the tokens of the cache; pages are made without the cache until it does not: {Reason}", fault.Message);
            failing = true;
            met = null;
        }

        return met is { } dealt ? dealt.Server + place : null;
    }

    internal override void Vouch()
    {
        // The same text, so that what was read before and after compares by reference.
        if (met is { } dealt && (vouched is not { } last || last != dealt)) vouched = dealt;
    }

    async Task GreetAsync(RedisSession session, CancellationToken cancellationToken)
    {
        leased.Forget();
        // From now on Redis tells when what was read on this connection changes, is evicted or flushed.
        if (leases) await session.SendAsync(new RedisCommand("CLIENT", "TRACKING", "ON"), cancellationToken);
        server = NameOf(await session.RunAsync(Greeting, [key], [Draw()], cancellationToken))
            ?? throw new RedisException("The server is a replica, whose tokens nobody overwrites.");
    }

    static string? NameOf(RedisValue greeting) => greeting.IsNull ? null : greeting.AsString();

    sealed record Dealt(string Server, long Openings);
}
