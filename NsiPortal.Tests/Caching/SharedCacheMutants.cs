using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NsiPortal.Caching.Outbox;
using NsiPortal.Caching.Tokens;
using NsiPortal.Redis;

namespace NsiPortal.Caching;

// The portal with one protection between replicas broken.

/// <summary>Memory of one process that says it is everybody's, so that its process marks what it heard.</summary>
sealed class BoastfulMemory : MemoryTokens
{
    public override bool AreShared => true;
}

/// <summary>Marks rows wherever the other processes read their tokens.</summary>
sealed record RecklessMarks(OutboxSql Sql) : OutboxSql(Sql)
{
    public override async Task MarkAsync(DbConnection connection, string store, IReadOnlyList<string> keys)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"""UPDATE "{Invalidations}" SET "DoneIn" = '{store}' WHERE "Key" IN ('{string.Join("', '", keys)}')""";
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Registers the process under another store than it reads.</summary>
sealed record FalseName(OutboxSql Sql, string Name) : OutboxSql(Sql)
{
    public override void Register(DbConnection connection, string replica, string store) => base.Register(connection, replica, Name);
}

/// <summary>Sends a value again when it was not told that the first had arrived.</summary>
sealed class StubbornTokens(RedisClient client, TagTokens inner) : TagTokens
{
    public override bool AreShared => inner.AreShared;

    public override bool Readable => inner.Readable;

    public override ValueTask<TokenReading?> ReadAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken, bool fresh = false) => inner.ReadAsync(tags, cancellationToken, fresh);

    public override async ValueTask<string?> InvalidateAsync(IReadOnlyCollection<string> tags)
    {
        var command = new RedisCommand("HSET", ["nsi_portal:gen", .. tags.SelectMany(tag => (RedisArgument[])[tag, Guid.NewGuid().ToByteArray()])]);
        while (true)
        {
            try
            {
                await client.SendAsync(command);
                return await inner.MeetAsync();
            }
            catch (RedisUnavailableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    public override ValueTask<string?> ClearAsync() => inner.ClearAsync();

    internal override ValueTask<string?> MeetAsync() => inner.MeetAsync();

    internal override void Vouch() => inner.Vouch();
}

/// <summary>Uses tokens as soon as they can be read, whatever was missed meanwhile.</summary>
sealed class HastyTokens(TagTokens inner) : TagTokens
{
    public override bool AreShared => inner.AreShared;

    public override async ValueTask<TokenReading?> ReadAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken, bool fresh = false)
    {
        await inner.MeetAsync();
        inner.Vouch();
        return await inner.ReadAsync(tags, cancellationToken, fresh);
    }

    public override ValueTask<string?> InvalidateAsync(IReadOnlyCollection<string> tags) => inner.InvalidateAsync(tags);

    public override ValueTask<string?> ClearAsync() => inner.ClearAsync();

    internal override ValueTask<string?> MeetAsync() => inner.MeetAsync();

    internal override void Vouch() => inner.Vouch();
}

/// <summary>Addresses change while they are read, which takes its time.</summary>
sealed class RestlessTokens(TagTokens inner, TimeSpan slowness) : TagTokens
{
    public int Reads { get; private set; }

    public override bool AreShared => inner.AreShared;

    public override async ValueTask<TokenReading?> ReadAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken, bool fresh = false)
    {
        // Who tells what is kept reads tokens too.
        if (tags is not [.., Tags.Routes]) return await inner.ReadAsync(tags, cancellationToken, fresh);
        Reads++;
        await Task.Delay(slowness, cancellationToken);
        return await inner.ReadAsync(tags, cancellationToken, fresh) is { } reading ? reading with { Tokens = [.. reading.Tokens[..^1], Guid.NewGuid()] } : null;
    }

    public override ValueTask<string?> InvalidateAsync(IReadOnlyCollection<string> tags) => inner.InvalidateAsync(tags);

    public override ValueTask<string?> ClearAsync() => inner.ClearAsync();

    internal override ValueTask<string?> MeetAsync() => inner.MeetAsync();

    internal override void Vouch() => inner.Vouch();
}

/// <summary>Greets every server as if it were always the same one.</summary>
/// <param name="compares">Whether it replaces an epoch that was drawn on another server all the same.</param>
/// <param name="names">Whether it says the server's own name all the same, so that its process heeds the change.</param>
sealed class TrustingTokens(RedisClient client, bool compares, bool names)
    : RedisTokens(client, Microsoft.Extensions.Options.Options.Create(new CacheOptions()), TimeProvider.System, NullLogger<RedisTokens>.Instance)
{
    protected override RedisScript Greeting { get; } = new($"""
        local server = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
        local epoch = redis.call('HGET', KEYS[1], 'epoch')
        if not epoch or {(compares ? "string.sub(epoch, 17) ~= server" : "false")} then redis.call('HSET', KEYS[1], 'epoch', ARGV[1] .. server) end
        return {(names ? "server" : "'the same as ever'")}
        """);
}

static class SharedCacheMutants
{
    /// <summary>Puts something between the portal and its tokens.</summary>
    public static void Wrap(this IServiceCollection services, Func<IServiceProvider, TagTokens, TagTokens> wrap)
    {
        var real = services.Last(service => service.ServiceType == typeof(TagTokens)).ImplementationFactory!;
        services.AddSingleton(provider => wrap(provider, (TagTokens)real(provider)));
    }

    public static void Mutate(this IServiceCollection services, Func<OutboxSql, OutboxSql> mutate)
    {
        var sql = (OutboxSql)services.Last(service => service.ServiceType == typeof(OutboxSql)).ImplementationInstance!;
        services.AddSingleton(mutate(sql));
    }
}
