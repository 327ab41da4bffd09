using System.Diagnostics.Metrics;

namespace NsiPortal.Redis;

/// <summary>
/// One Redis server, used by many callers at once. Commands travel on one connection, bodies on another, so that small ones never wait behind large
/// ones. A command is sent once, or not at all. As soon as one is not answered in time or a connection is lost, every call fails at once, until both
/// connections answer again: while the server is ill, nobody waits for it.
/// </summary>
public sealed class RedisClient : IAsyncDisposable
{
    readonly TimeProvider time;
    readonly ILogger log;
    readonly RedisMeter meter;
    readonly RedisLink commands;
    readonly RedisLink bodies;
    readonly Lock gate = new();
    Task? started;
    bool told;
    volatile bool available;
    long openings;

    /// <param name="options">The server.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Told when the server is lost and found.</param>
    /// <param name="meters">For <c>NsiPortal.Redis</c>.</param>
    public RedisClient(RedisOptions options, TimeProvider time, ILoggerFactory logs, IMeterFactory meters)
    {
        (Options, this.time, log, meter) = (options, time, logs.CreateLogger<RedisClient>(), new RedisMeter(meters));
        commands = new RedisLink(options, time, meter, (connection, cancellation) => Connected?.Invoke(new RedisSession(connection, options), cancellation) ?? Task.CompletedTask, value => Pushed?.Invoke(value), Changed);
        bodies = new RedisLink(options, time, meter, (_, _) => Task.CompletedTask, _ => { }, Changed);
    }

    public RedisOptions Options { get; }

    /// <summary>Whether the server answers, as far as is known. Otherwise every call fails at once.</summary>
    public bool Available => available;

    /// <summary>How often it has become available: whoever must do something after each loss compares it.</summary>
    public long Openings => Volatile.Read(ref openings);

    /// <summary>Runs on each new connection of commands, before anybody may use it. When it throws, the connection is dropped and another one tried later. Set it before the start.</summary>
    public Func<RedisSession, CancellationToken, Task>? Connected { get; set; }

    /// <summary>
    /// Called with what the server says unasked on the connection of commands. Whatever was pushed before an answer has been dealt with when that answer is
    /// given. It must be quick and may not throw. Set it before the start.
    /// </summary>
    public Action<RedisValue>? Pushed { get; set; }

    /// <summary>Begins to connect, and goes on for as long as it takes; done when the first attempt has succeeded or failed. Later calls wait for the same.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (gate) started ??= Task.WhenAll(commands.StartAsync(), bodies.StartAsync());
        return started.WaitAsync(cancellationToken);
    }

    /// <summary>Sends a small command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="timeout">How long to wait for the answer; <see cref="RedisOptions.CommandTimeout"/> when null.</param>
    /// <param name="cancellationToken">Ends the waiting. A command that was sent may run all the same.</param>
    /// <exception cref="RedisUnavailableException">No answer. Whether the command ran is unknown.</exception>
    /// <exception cref="RedisErrorException">The server refused.</exception>
    public ValueTask<RedisValue> SendAsync(RedisCommand command, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        SendAsync(commands, [command], timeout, cancellationToken);

    /// <summary>Sends a command that carries or fetches a body. See <see cref="SendAsync"/>.</summary>
    public ValueTask<RedisValue> SendBodyAsync(RedisCommand command, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        SendAsync(bodies, [command], timeout, cancellationToken);

    /// <summary>Sends commands that the server runs in one piece. See <see cref="SendAsync"/>.</summary>
    /// <returns>The answer to each.</returns>
    public async ValueTask<IReadOnlyList<RedisValue>> TransactAsync(IReadOnlyList<RedisCommand> all, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        (await SendAsync(commands, [new RedisCommand("MULTI"), .. all, new RedisCommand("EXEC")], timeout, cancellationToken)).Items;

    /// <summary>Runs a script. See <see cref="SendAsync"/>.</summary>
    public async ValueTask<RedisValue> RunAsync(
        RedisScript script, IReadOnlyList<string> keys, IReadOnlyList<RedisArgument> arguments, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await SendAsync(script.ByHash(keys, arguments), timeout, cancellationToken);
        }
        catch (RedisErrorException unknown) when (unknown.Code == "NOSCRIPT")
        {
            // It did not run.
            return await SendAsync(script.Whole(keys, arguments), timeout, cancellationToken);
        }
    }

    async ValueTask<RedisValue> SendAsync(RedisLink link, RedisCommand[] sent, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        try
        {
            if (!available || link.Ready is not { } connection) throw new RedisUnavailableException("Redis does not answer.");
            var answer = await connection.SendAsync(sent, timeout ?? Options.CommandTimeout, cancellationToken);
            meter.Answered(sent[^1], time.GetElapsedTime(began));
            return answer;
        }
        catch (Exception fault)
        {
            meter.Failed(fault);
            throw;
        }
    }

    void Changed(RedisLink link, Exception? fault)
    {
        lock (gate)
        {
            var now = commands.Ready is not null && bodies.Ready is not null;
            if (now && !available)
            {
                Interlocked.Increment(ref openings);
                if (told) log.LogInformation("Redis at {Address} answers again", Options);
                told = false;
            }
            else if (!now && fault is not null && !told)
            {
                log.LogWarning("Redis at {Address} does not answer ({Reason}); nobody waits for it until it does", Options, RedisLink.Reason(fault));
                told = true;
            }

            available = now;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await commands.DisposeAsync();
        await bodies.DisposeAsync();
    }
}
