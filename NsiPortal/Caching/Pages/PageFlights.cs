using System.Collections.Concurrent;

namespace NsiPortal.Caching.Pages;

/// <summary>
/// The renders under way, by page and tokens: requests for one missing page at once render it once. Whoever joins a flight has read the
/// same tokens as its leader, so no reader gets a render that began before a change it must see.
/// </summary>
sealed class PageFlights
{
    readonly ConcurrentDictionary<string, Flight> flights = new();

    public int Count => flights.Count;

    /// <summary>How many requests wait for another's render.</summary>
    public int Followers => flights.Values.Sum(flight => flight.Followers);

    /// <summary>Joins the flight of the key, or starts it and leads.</summary>
    public Flight Join(string key, out bool leads)
    {
        var mine = new Flight(this, key);
        var flight = flights.GetOrAdd(key, mine);
        leads = ReferenceEquals(flight, mine);
        if (!leads) flight.AddFollower();
        return flight;
    }

    internal sealed class Flight(PageFlights flights, string key)
    {
        readonly TaskCompletionSource<WholePage?> landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int followers;

        public int Followers => Volatile.Read(ref followers);

        public void AddFollower() => Interlocked.Increment(ref followers);

        /// <summary>The leader's page; null when it failed, was aborted or made a page that cannot be shared.</summary>
        public Task<WholePage?> LandedAsync(CancellationToken cancellationToken) => landed.Task.WaitAsync(cancellationToken);

        /// <summary>Gives the page to those who wait. Those who come later may still have it until <see cref="Close"/>.</summary>
        public void Land(WholePage page) => landed.TrySetResult(page);

        /// <summary>Ends the flight: the next request looks in the store, or leads a flight of its own.</summary>
        public void Close()
        {
            flights.flights.TryRemove(new KeyValuePair<string, Flight>(key, this));
            landed.TrySetResult(null);
        }
    }
}
