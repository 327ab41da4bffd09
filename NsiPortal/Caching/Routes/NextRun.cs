namespace NsiPortal.Caching.Routes;

/// <summary>Work that many may ask for at once: one run is under way and one waits. Whoever asks gets a run that has not begun, never an older one.</summary>
sealed class NextRun<T>(Func<Task<T>> run)
{
    readonly Lock gate = new();
    Task<T>? running;
    Task<T>? waiting;

    public Task<T> JoinAsync()
    {
        lock (gate)
        {
            if (running is null or { IsCompleted: true } && waiting is null) return running = StartAsync();
            return waiting ??= FollowAsync(running!);
        }
    }

    // Off the caller's stack, and so out of the lock: SQLite's asynchronous calls run to their end before they return.
    async Task<T> StartAsync()
    {
        await Task.Yield();
        return await run();
    }

    async Task<T> FollowAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (gate) (running, waiting) = (waiting, null);
        return await run();
    }
}
