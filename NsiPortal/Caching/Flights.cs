using System.Collections.Concurrent;

namespace NsiPortal.Caching;

/// <summary>What is being made, by key: those who lack one thing at once have it made once. Keys hold the tokens that their askers have read.</summary>
class Flights<T> where T : class
{
    readonly ConcurrentDictionary<string, Flight<T>> flights = new();

    public int Count => flights.Count;

    /// <summary>How many wait for what another makes.</summary>
    public int Followers => flights.Values.Sum(flight => flight.Followers);

    /// <summary>Joins the flight of the key, or starts it and leads.</summary>
    public Flight<T> Join(string key, out bool leads)
    {
        var mine = new Flight<T>(ended => flights.TryRemove(new KeyValuePair<string, Flight<T>>(key, ended)));
        var flight = flights.GetOrAdd(key, mine);
        leads = ReferenceEquals(flight, mine);
        if (leads) flight.Begin();
        else flight.AddFollower();
        return flight;
    }
}
