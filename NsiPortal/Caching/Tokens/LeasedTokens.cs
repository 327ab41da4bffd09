using System.Collections.Concurrent;

namespace NsiPortal.Caching.Tokens;

/// <summary>
/// Tokens that were read from Redis for one request and serve others, while Redis has said nothing of a change and was heard of a moment ago. On one
/// connection everything arrives in order: whoever has an answer has all that Redis had to say when it answered.
/// </summary>
/// <param name="length">How long Redis may be silent; zero keeps nothing.</param>
/// <param name="time">The clock.</param>
sealed class LeasedTokens(TimeSpan length, TimeProvider time)
{
    /// <summary>Above this many all are forgotten.</summary>
    const int MaximumTokens = 100_000;

    volatile Held held = new();
    long heard = time.GetTimestamp() - (long)(length.TotalSeconds * time.TimestampFrequency);

    /// <summary>The tokens of the tags, behind the epoch's; null when one is not known.</summary>
    public TokenReading? Find(IReadOnlyList<string> tags)
    {
        if (time.GetElapsedTime(Volatile.Read(ref heard)) >= length) return null;
        var now = held;
        if (now.Epoch is not { } epoch) return null;
        var found = new Guid[tags.Count];
        for (var i = 0; i < found.Length; i++)
            if (!now.Tokens.TryGetValue(tags[i], out found[i])) return null;
        return new TokenReading(epoch.Value, found, Leased: true);
    }

    /// <summary>To be called before a command is sent on the connection that Redis tells of changes.</summary>
    public Asking Ask() => new(held, time.GetTimestamp());

    /// <summary>The command was answered.</summary>
    public void Hear(Asking asking) => Volatile.Write(ref heard, asking.At);

    /// <summary>The command was answered with tokens. Those that something was said about meanwhile are not kept.</summary>
    public void Keep(Asking asking, Guid epoch, IEnumerable<(string Tag, Guid? Token)> read)
    {
        if (length == TimeSpan.Zero) return;
        foreach (var (tag, token) in read)
            if (token is { } known) asking.Into.Tokens[tag] = known;
        asking.Into.Epoch = new Epoch(epoch);
        if (asking.Into.Tokens.Count > MaximumTokens) Forget();
        Hear(asking);
    }

    public void Forget() => held = new Held();

    /// <param name="Into">What was kept when it was sent: replaced since, it is read by nobody.</param>
    /// <param name="At">When it was sent.</param>
    public readonly record struct Asking(Held Into, long At);

    public sealed class Held
    {
        public ConcurrentDictionary<string, Guid> Tokens { get; } = new();

        public volatile Epoch? Epoch;
    }

    // A reference is replaced atomically; sixteen bytes are not.
    public sealed record Epoch(Guid Value);
}
