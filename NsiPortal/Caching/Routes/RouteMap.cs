using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using NsiPortal.Caching.Tokens;

namespace NsiPortal.Caching.Routes;

/// <summary>
/// The route table in memory, labelled with the epoch and the token of <see cref="Tags.Routes"/> that were read before its SQL. A request that read
/// others has the table read again, by one flight for all who wait for that label.
/// </summary>
/// <param name="load">Reads the whole table.</param>
/// <param name="find">Reads what the slug of a course, and that of a chapter where one is given, stand for; null when nobody has them now.</param>
public sealed class RouteMap(Func<CancellationToken, Task<RouteTable>> load, Func<string, string?, Task<RouteTarget?>> find)
{
    readonly Lock gate = new();
    readonly NextRun<RouteTable> reading = new(() => load(CancellationToken.None));
    readonly ConcurrentDictionary<(string, string?), NextRun<RouteTarget?>> findings = new();
    Labelled? current;
    (RouteLabel Label, Task<Labelled> Task)? flight;

    /// <summary>The newest table there is, with its label; null before the first read.</summary>
    internal Labelled? Current => Volatile.Read(ref current);

    /// <summary>A table read after <paramref name="label"/> was.</summary>
    internal async Task<Labelled> AtAsync(RouteLabel label, CancellationToken cancellationToken)
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

    /// <summary>
    /// What the slugs stand for, read after the call; those who ask meanwhile share a reading. What nobody has now somebody may have had, which a table that is
    /// read whole tells.
    /// </summary>
    internal async Task<RouteTarget> FindAsync(string courseSlug, string? chapterSlug, CancellationToken cancellationToken)
    {
        var slugs = (courseSlug, chapterSlug);
        var finding = findings.GetOrAdd(slugs, _ => new NextRun<RouteTarget?>(() => find(courseSlug, chapterSlug)));
        RouteTarget? found;
        try
        {
            found = await finding.JoinAsync().WaitAsync(cancellationToken);
        }
        finally
        {
            // Who has joined it is answered all the same.
            findings.TryRemove(new KeyValuePair<(string, string?), NextRun<RouteTarget?>>(slugs, finding));
        }

        return found ?? (await reading.JoinAsync().WaitAsync(cancellationToken)).Resolve(courseSlug, chapterSlug);
    }

    // Not the caller's token: others wait for the same flight.
    async Task<Labelled> LoadAsync(RouteLabel label)
    {
        await Task.Yield();
        var loaded = new Labelled(label, await load(CancellationToken.None));
        Volatile.Write(ref current, loaded);
        return loaded;
    }

    internal sealed record Labelled(RouteLabel Label, RouteTable Table);
}

/// <summary>What a table must be as new as. The token alone would not say: a Redis that was restored has one that it had before, and whoever rotates the epoch overwrites no other.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct RouteLabel(Guid Epoch, Guid Token)
{
    /// <param name="reading">Its last token is that of <see cref="Tags.Routes"/>.</param>
    public static RouteLabel Of(TokenReading reading) => new(reading.Epoch, reading.Tokens[^1]);
}
