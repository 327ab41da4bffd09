namespace NsiPortal.Support;

/// <summary>A clock that stands still until a test moves it. Timers fire while it is moved.</summary>
public sealed class ManualTime : TimeProvider
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(5);

    readonly Lock gate = new();
    readonly List<Timer> timers = [];
    TimeSpan elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers would fire if the clock were moved: somebody is waiting for that.</summary>
    public int WaitingFor(TimeSpan by)
    {
        lock (gate) return timers.Count(timer => timer.Due <= elapsed + by);
    }

    public override long GetTimestamp()
    {
        lock (gate) return elapsed.Ticks;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return DateTimeOffset.UnixEpoch + elapsed;
    }

    public void Advance(TimeSpan by)
    {
        List<Timer> due;
        lock (gate)
        {
            elapsed += by;
            due = [.. timers.Where(timer => timer.Due <= elapsed)];
            timers.RemoveAll(due.Contains);
        }

        foreach (var timer in due) timer.Fire();
    }

    /// <summary>Goes on, no faster than the real clock, until it is done: for what only waits when a busy machine kept somebody from answering in time.</summary>
    public async Task FlowAsync(Func<Task<bool>> done, CancellationToken cancellationToken)
    {
        while (!await done())
        {
            await Task.Delay(Pace, cancellationToken);
            Advance(Pace);
        }
    }

    /// <inheritdoc cref="FlowAsync(Func{Task{bool}}, CancellationToken)"/>
    public async Task FlowAsync(Task act, CancellationToken cancellationToken)
    {
        await FlowAsync(() => Task.FromResult(act.IsCompleted), cancellationToken);
        await act;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Fires once; nothing here needs a period.</summary>
    sealed class Timer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = time.elapsed + dueTime;
                time.timers.Add(this);
            }

            return true;
        }

        public void Dispose()
        {
            lock (time.gate) time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
