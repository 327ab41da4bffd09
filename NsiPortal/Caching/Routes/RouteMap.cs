namespace NsiPortal.Caching.Routes;

/// <summary>
/// The route table in memory, labelled with the token of <see cref="Tags.Routes"/> that was read before its SQL. A request whose token
/// differs from the label has the table read again, by one flight for all who wait for that token.
/// </summary>
public sealed class RouteMap(Func<CancellationToken, Task<RouteTable>> load)
{
    readonly Lock gate = new();
    readonly NextRun<RouteTable> reading = new(() => load(CancellationToken.None));
    Labelled? current;
    (Guid Label, Task<Labelled> Task)? flight;

    /// <summary>The newest table there is, with its label; null before the first read.</summary>
    internal Labelled? Current => Volatile.Read(ref current);

    /// <summary>A table read after <paramref name="label"/> was.</summary>
    internal async Task<Labelled> AtAsync(Guid label, CancellationToken cancellationToken)
    {
        if (Current is { } known && known.Label == label) return known;

        Task<Labelled> task;
        lock (gate)
        {
            // A flight for this label began after the label was read by somebody, hence after the change that drew it was committed.
            if (flight is { } flying && flying.Label == label && !flying.Task.IsFaulted && !flying.Task.IsCanceled) task = flying.Task;
            else flight = (label, task = LoadAsync(label));
        }

        return await task.WaitAsync(cancellationToken);
    }

    /// <summary>A table whose reading begins after the call; those who ask meanwhile share it.</summary>
    internal Task<RouteTable> ReadAsync(CancellationToken cancellationToken) => reading.JoinAsync().WaitAsync(cancellationToken);

    // Not the caller's token: others wait for the same flight.
    async Task<Labelled> LoadAsync(Guid label)
    {
        await Task.Yield();
        var loaded = new Labelled(label, await load(CancellationToken.None));
        Volatile.Write(ref current, loaded);
        return loaded;
    }

    internal sealed record Labelled(Guid Label, RouteTable Table);
}
