namespace NsiPortal.Caching.Pages;

/// <summary>One render that several requests wait for: its leader renders, its followers get the page when it lands.</summary>
/// <param name="ended">Takes the flight out of wherever later requests would find it.</param>
sealed class Flight(Action<Flight> ended)
{
    readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<WholePage?> landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int followers;

    public int Followers => Volatile.Read(ref followers);

    public void AddFollower() => Interlocked.Increment(ref followers);

    /// <summary>The leader may render.</summary>
    public void Begin() => begun.TrySetResult();

    /// <summary>When the leader may render.</summary>
    public Task BegunAsync(CancellationToken cancellationToken) => begun.Task.WaitAsync(cancellationToken);

    /// <summary>The leader's page; null when it failed, was aborted or made a page that cannot be shared.</summary>
    public Task<WholePage?> LandedAsync(CancellationToken cancellationToken) => landed.Task.WaitAsync(cancellationToken);

    /// <summary>Gives the page to those who wait. Those who come later may still have it until <see cref="Close"/>.</summary>
    public void Land(WholePage page) => landed.TrySetResult(page);

    /// <summary>Ends the flight: the next request looks in the store, or leads a flight of its own.</summary>
    public void Close()
    {
        ended(this);
        landed.TrySetResult(null);
    }
}
