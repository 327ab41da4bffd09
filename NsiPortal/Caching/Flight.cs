namespace NsiPortal.Caching;

/// <summary>One act of making something for which several wait: its leader makes it, its followers get it when it lands.</summary>
/// <param name="ended">Takes the flight out of wherever later requests would find it.</param>
sealed class Flight<T>(Action<Flight<T>> ended) where T : class
{
    readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<T?> landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int followers;

    public int Followers => Volatile.Read(ref followers);

    public void AddFollower() => Interlocked.Increment(ref followers);

    /// <summary>The leader may begin.</summary>
    public void Begin() => begun.TrySetResult();

    /// <summary>When the leader may begin.</summary>
    public Task BegunAsync(CancellationToken cancellationToken) => begun.Task.WaitAsync(cancellationToken);

    /// <summary>What the leader made; null when it failed for itself alone, was aborted or made what cannot be shared.</summary>
    public Task<T?> LandedAsync(CancellationToken cancellationToken) => landed.Task.WaitAsync(cancellationToken);

    /// <summary>Gives it to those who wait. Those who come later may still have it until <see cref="Close"/>.</summary>
    public void Land(T made) => landed.TrySetResult(made);

    /// <summary>Fails those who wait as its leader failed.</summary>
    public void Fail(Exception fault)
    {
        landed.TrySetException(fault);
        // Nobody may be waiting, which is no fault either.
        _ = landed.Task.Exception;
    }

    /// <summary>Ends the flight: the next request looks in the store, or leads a flight of its own.</summary>
    public void Close()
    {
        ended(this);
        landed.TrySetResult(null);
    }
}
