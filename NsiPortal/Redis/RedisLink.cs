using System.Net.Sockets;

namespace NsiPortal.Redis;

/// <summary>
/// Keeps a connection to the server: greets each new one, takes it out of use at the first command that is not answered in time, puts it back when it
/// answers again, and replaces it when it does not. Nobody waits for any of this.
/// </summary>
sealed class RedisLink(RedisOptions options, TimeProvider time, RedisMeter meter, Func<RedisConnection, CancellationToken, Task> greet, Action<RedisValue> pushed, Action<RedisLink, Exception?> changed) : IAsyncDisposable
{
    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Also the longest between two probes.</summary>
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource ending = new();
    readonly TaskCompletionSource firstTry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TaskCompletionSource tripped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile RedisConnection? ready;
    Task running = Task.CompletedTask;

    /// <summary>The connection when it may be used.</summary>
    public RedisConnection? Ready => ready;

    /// <summary>Begins; done when the first attempt has succeeded or failed.</summary>
    public Task StartAsync()
    {
        running = RunAsync();
        return firstTry.Task;
    }

    async Task RunAsync()
    {
        var pause = ShortestPause;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await using var connection = await OpenAsync();
                pause = ShortestPause;
                await KeepAsync(connection);
            }
            catch (Exception fault)
            {
                meter.Failed(fault);
                Use(null, ending.IsCancellationRequested ? null : fault);
                firstTry.TrySetResult();
                // Not all processes at the same moment.
                await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() / 2)), time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    async Task<RedisConnection> OpenAsync()
    {
        using var limit = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ending.Token);
        var stream = await RedisConnection.ConnectAsync(options, either.Token);
        var connection = new RedisConnection(stream, options, time, meter, () => tripped.TrySetResult(), pushed);
        try
        {
            await HandshakeAsync(connection, either.Token);
            await greet(connection, either.Token);
            meter.Connected();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    async Task HandshakeAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        List<RedisArgument> hello = ["3"];
        if (options.Password is { } password) hello.AddRange(["AUTH", options.User ?? "default", password]);
        hello.AddRange(["SETNAME", options.ClientName]);
        await connection.SendAsync([new RedisCommand("HELLO", [.. hello])], options.ConnectTimeout, cancellationToken);
        if (options.Database != 0) await connection.SendAsync([new RedisCommand("SELECT", options.Database)], options.ConnectTimeout, cancellationToken);
    }

    /// <summary>Has it used until it ends or does not answer; in the latter case, until it answers again.</summary>
    async Task KeepAsync(RedisConnection connection)
    {
        while (true)
        {
            tripped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Use(connection, null);
            firstTry.TrySetResult();
            if (await Task.WhenAny(connection.Ended, tripped.Task).WaitAsync(ending.Token) == connection.Ended) throw await connection.Ended;
            Use(null, new TimeoutException("A command was not answered in time."));
            await connection.SendAsync([new RedisCommand("PING")], LongestPause, ending.Token);
        }
    }

    void Use(RedisConnection? connection, Exception? fault)
    {
        ready = connection;
        changed(this, fault);
    }

    /// <summary>What of a failure may be told.</summary>
    public static string Reason(Exception fault) => fault switch
    {
        RedisException { InnerException: { } inner } => Reason(inner),
        SocketException socket => socket.SocketErrorCode.ToString(),
        OperationCanceledException => "no answer in time",
        EndOfStreamException => "the server closed the connection",
        _ => fault.Message,
    };

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        ready = null;
    }
}
