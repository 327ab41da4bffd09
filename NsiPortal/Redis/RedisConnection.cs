using System.Buffers;
using System.Net.Sockets;

namespace NsiPortal.Redis;

/// <summary>
/// One connection, on which the commands of many callers travel one behind the other, and their answers in the same order. It ends for all at once:
/// with its server, with an answer that is none, or when it is disposed.
/// </summary>
sealed class RedisConnection : IAsyncDisposable
{
    /// <summary>How often commands that wait are looked at: they may be told so much late that their time is over.</summary>
    static readonly TimeSpan Sweep = TimeSpan.FromMilliseconds(15);

    readonly Stream stream;
    readonly RedisOptions options;
    readonly TimeProvider time;
    readonly RedisMeter meter;
    readonly Action timedOut;
    readonly Action<RedisValue> pushed;
    readonly Lock gate = new();
    readonly Queue<Pending> pending = new();
    readonly SemaphoreSlim slots;
    readonly ITimer sweeper;
    readonly TaskCompletionSource<Exception> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource closing = new();
    ArrayBufferWriter<byte> outgoing = new(4096);
    ArrayBufferWriter<byte> spare = new(4096);
    Exception? fault;
    bool writing;
    bool sweeping;

    /// <param name="stream">The connected stream, which becomes this connection's.</param>
    /// <param name="options">The server and its limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meter">What is counted.</param>
    /// <param name="timedOut">Called when a command was not answered in time.</param>
    /// <param name="pushed">Called with what the server says unasked, before any later answer is given.</param>
    public RedisConnection(Stream stream, RedisOptions options, TimeProvider time, RedisMeter meter, Action timedOut, Action<RedisValue> pushed)
    {
        (this.stream, this.options, this.time, this.meter, this.timedOut, this.pushed) = (stream, options, time, meter, timedOut, pushed);
        slots = new SemaphoreSlim(options.MaximumInFlight);
        sweeper = time.CreateTimer(_ => SweepNow(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Reading = ReadAsync();
    }

    Task Reading { get; }

    /// <summary>Why it ended, once it has.</summary>
    public Task<Exception> Ended => ended.Task;

    /// <summary>Sends the commands in one piece.</summary>
    /// <returns>The last of their answers.</returns>
    public async ValueTask<RedisValue> SendAsync(RedisCommand[] commands, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var began = time.GetTimestamp();
        // Waiting for a slot counts against the time.
        if (!slots.Wait(0, CancellationToken.None) && !await slots.WaitAsync(timeout, cancellationToken))
        {
            timedOut();
            throw new RedisUnavailableException("Too many commands wait for their answers.");
        }

        var waiting = new Pending(commands.Length, began + (long)(timeout.TotalSeconds * time.TimestampFrequency));
        lock (gate)
        {
            if (fault is not null)
            {
                slots.Release();
                throw Lost(fault);
            }

            foreach (var command in commands) command.WriteTo(outgoing);
            pending.Enqueue(waiting);
            if (!sweeping) sweeping = sweeper.Change(Sweep, Timeout.InfiniteTimeSpan);
            if (!writing)
            {
                writing = true;
                _ = WriteAsync();
            }
        }

        var answer = cancellationToken.CanBeCanceled ? await waiting.Answer.WaitAsync(cancellationToken) : await waiting.Answer;
        return answer.Kind == RedisKind.Error ? throw new RedisErrorException(answer.AsString()) : answer;
    }

    async Task WriteAsync()
    {
        // Off the caller's stack: those who come meanwhile are sent with him.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            while (true)
            {
                ArrayBufferWriter<byte> full;
                lock (gate)
                {
                    writing = outgoing.WrittenCount > 0;
                    if (!writing) return;
                    (full, outgoing) = (outgoing, spare);
                }

                await stream.WriteAsync(full.WrittenMemory, closing.Token);
                meter.Sent(full.WrittenCount);
                full.ResetWrittenCount();
                // One that held a large body is not kept.
                spare = full.Capacity <= 1024 * 1024 ? full : new ArrayBufferWriter<byte>(4096);
                // Behind what is queued already: those who have just been answered ask within the next piece.
                await Task.Yield();
            }
        }
        catch (Exception failure)
        {
            End(failure);
        }
    }

    async Task ReadAsync()
    {
        var reader = new RespReader(stream, options.Limits);
        try
        {
            while (true)
            {
                var value = await reader.ReadAsync(closing.Token);
                if (value.Kind == RedisKind.Push)
                {
                    pushed(value);
                    continue;
                }

                lock (gate)
                {
                    if (!pending.TryPeek(out var first)) throw new RedisProtocolException("An answer came to nothing that was asked.");
                    if (!first.Take(value)) continue;
                    pending.Dequeue();
                }

                slots.Release();
            }
        }
        catch (Exception failure)
        {
            End(failure);
        }
    }

    void SweepNow()
    {
        var now = time.GetTimestamp();
        var late = false;
        lock (gate)
        {
            foreach (var waiting in pending) late |= waiting.ExpireBy(now);
            sweeping = fault is null && pending.Count > 0;
            if (sweeping) sweeper.Change(Sweep, Timeout.InfiniteTimeSpan);
        }

        if (late) timedOut();
    }

    void End(Exception failure)
    {
        List<Pending> lost;
        lock (gate)
        {
            if (fault is not null) return;
            fault = failure;
            lost = [.. pending];
            pending.Clear();
        }

        foreach (var waiting in lost) waiting.Fail(Lost(failure));
        if (lost.Count > 0) slots.Release(lost.Count);
        closing.Cancel();
        ended.TrySetResult(failure);
    }

    static RedisUnavailableException Lost(Exception failure) => new("The connection is lost.", failure);

    public async ValueTask DisposeAsync()
    {
        End(new ObjectDisposedException(nameof(RedisConnection)));
        await stream.DisposeAsync();
        await Reading;
        await sweeper.DisposeAsync();
    }

    /// <summary>Connects to one of the addresses of the host, the first that answers, and speaks TLS where that is asked for.</summary>
    public static async Task<Stream> ConnectAsync(RedisOptions options, CancellationToken cancellationToken)
    {
        var socket = await RedisSocket.ConnectAsync(options.Host, options.Port, cancellationToken);
        var plain = new NetworkStream(socket, ownsSocket: true);
        return options.Tls ? await RedisSocket.SecureAsync(plain, options, cancellationToken) : plain;
    }

    /// <summary>Commands that were sent in one piece and wait for their answers.</summary>
    /// <param name="answers">How many are to come.</param>
    /// <param name="deadline">A timestamp, after which nobody waits any more. The answers are taken all the same when they come.</param>
    sealed class Pending(int answers, long deadline)
    {
        readonly TaskCompletionSource<RedisValue> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int missing = answers;
        RedisValue? refused;

        public Task<RedisValue> Answer => answer.Task;

        /// <returns>Whether it was the last.</returns>
        public bool Take(RedisValue value)
        {
            // A command that the server does not take says why; that it then does not run the others says nothing.
            if (value.Kind == RedisKind.Error) refused ??= value;
            if (--missing > 0) return false;
            answer.TrySetResult(refused ?? value);
            return true;
        }

        public bool ExpireBy(long now) => now >= deadline && answer.TrySetException(new RedisUnavailableException("No answer came in time."));

        public void Fail(Exception failure) => answer.TrySetException(failure);
    }
}
