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
        var mine = new Flight(ended => flights.TryRemove(new KeyValuePair<string, Flight>(key, ended)));
        var flight = flights.GetOrAdd(key, mine);
        leads = ReferenceEquals(flight, mine);
        if (leads) flight.Begin();
        else flight.AddFollower();
        return flight;
    }
}
