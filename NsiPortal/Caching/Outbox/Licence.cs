namespace NsiPortal.Caching.Outbox;

/// <summary>
/// Whether this process may answer from its cache: only while its last successful poll of the outbox began less than <see cref="Length"/> ago,
/// by a clock that only goes forward. A writer in another process who waits that long knows that nobody serves what it changed.
/// </summary>
/// <remarks>Virtual so that the coherence tests can break it and see that they notice.</remarks>
public class Licence(TimeProvider time)
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    // Null until the first poll; a boxed timestamp is replaced atomically.
    volatile object? pollBegan;
    volatile object? silenceNoted;

    public virtual bool Held => pollBegan is long began && time.GetElapsedTime(began) < Length;

    /// <summary>The licence ran out because the database does not answer the poll, as it still did not a moment ago.</summary>
    public bool DatabaseSilent => !Held && silenceNoted is long noted && time.GetElapsedTime(noted) < Length;

    /// <param name="began">When the poll began.</param>
    /// <param name="grace">How old the rows may be that it left to their writers.</param>
    internal void Renew(long began, TimeSpan grace)
    {
        pollBegan = began - (long)(grace.TotalSeconds * time.TimestampFrequency);
        silenceNoted = null;
    }

    internal void GiveUp() => pollBegan = null;

    internal void NoteSilence() => silenceNoted = time.GetTimestamp();
}
