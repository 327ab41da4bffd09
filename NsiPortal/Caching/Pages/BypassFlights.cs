namespace NsiPortal.Caching.Pages;

/// <summary>
/// Renders without tokens, so that a bypass is no stampede: per page one runs and one waits. A request never joins the one that runs, which
/// may have read the database before a change that the request must see; it joins the one that waits, which has read nothing yet.
/// </summary>
sealed class BypassFlights
{
    readonly Lock gate = new();
    readonly Dictionary<string, Line> lines = [];

    /// <summary>How many requests wait for another's render.</summary>
    public int Followers
    {
        get { lock (gate) return lines.Values.Sum(line => line.Waiting?.Followers ?? 0); }
    }

    /// <summary>Joins the render that waits, or starts it and leads: the leader waits for <see cref="Flight{T}.BegunAsync"/>, then renders.</summary>
    public Flight<WholePage> Join(string key, out bool leads)
    {
        lock (gate)
        {
            if (!lines.TryGetValue(key, out var line))
            {
                var flight = new Flight<WholePage>(ended => Leave(key, ended));
                lines.Add(key, new Line { Running = flight });
                flight.Begin();
                leads = true;
                return flight;
            }

            leads = line.Waiting is null;
            line.Waiting ??= new Flight<WholePage>(ended => Leave(key, ended));
            if (!leads) line.Waiting.AddFollower();
            return line.Waiting;
        }
    }

    void Leave(string key, Flight<WholePage> ended)
    {
        lock (gate)
        {
            if (!lines.TryGetValue(key, out var line)) return;
            if (line.Waiting == ended)
            {
                line.Waiting = null;
            }
            else if (line.Running == ended)
            {
                if (line.Waiting is not { } next)
                {
                    lines.Remove(key);
                    return;
                }

                (line.Running, line.Waiting) = (next, null);
                next.Begin();
            }
        }
    }

    sealed class Line
    {
        public required Flight<WholePage> Running { get; set; }

        public Flight<WholePage>? Waiting { get; set; }
    }
}
