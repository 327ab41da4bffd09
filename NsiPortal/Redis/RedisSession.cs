namespace NsiPortal.Redis;

/// <summary>A connection that is new and that nobody else uses yet.</summary>
public sealed class RedisSession
{
    readonly RedisConnection connection;
    readonly RedisOptions options;

    internal RedisSession(RedisConnection connection, RedisOptions options) => (this.connection, this.options) = (connection, options);

    public ValueTask<RedisValue> SendAsync(RedisCommand command, CancellationToken cancellationToken) =>
        connection.SendAsync([command], options.ConnectTimeout, cancellationToken);

    public async ValueTask<RedisValue> RunAsync(RedisScript script, IReadOnlyList<string> keys, IReadOnlyList<RedisArgument> arguments, CancellationToken cancellationToken) =>
        await SendAsync(script.Whole(keys, arguments), cancellationToken);
}
