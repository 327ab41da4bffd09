namespace NsiPortal.Caching.Tokens;

/// <summary>
/// The random token that each tag has now. Pages carry the tokens of their tags in their key, so overwriting a token makes every page
/// that carries it unreachable at once, whoever holds a copy. A token that is missing is drawn afresh: losing tokens can only cost misses.
/// </summary>
public abstract class TagTokens
{
    /// <summary>Whether other processes read the same tokens.</summary>
    public virtual bool AreShared => false;

    /// <summary>Whether the tokens can be read at the moment, as far as this process knows.</summary>
    public virtual bool Readable => true;

    /// <summary>Reads the epoch, then the token of each tag, in the order given. Call it before any read from the database that feeds the page.</summary>
    /// <param name="tags">The names of the tags.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="fresh">Not one that was read for an earlier request, though the portal is told to lease them.</param>
    /// <returns>Null when they cannot be read: the page is made past the cache.</returns>
    public abstract ValueTask<TokenReading?> ReadAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken, bool fresh = false);

    /// <summary>Overwrites the tokens of the tags. Call it after the commit and before the change is acknowledged.</summary>
    /// <returns>The name of the store they are overwritten in; null when nobody can tell whether they are.</returns>
    public abstract ValueTask<string?> InvalidateAsync(IReadOnlyCollection<string> tags);

    /// <summary>Makes every page unreachable.</summary>
    /// <returns>As <see cref="InvalidateAsync"/>.</returns>
    public abstract ValueTask<string?> ClearAsync();

    /// <summary>The name of the store that the tokens are in; null when it cannot be reached. The process registers it, then has it used by <see cref="Vouch"/>.</summary>
    internal abstract ValueTask<string?> MeetAsync();

    /// <summary>The poll has dealt with every row: from now on the tokens of the store that was met last may be used.</summary>
    internal virtual void Vouch()
    {
    }
}

/// <summary>The tokens that a request read, in the order of the tags it named.</summary>
/// <param name="Epoch">What is common to all.</param>
/// <param name="Tokens">One for each tag.</param>
/// <param name="Leased">They were read for an earlier request, and may have been overwritten within <see cref="CacheOptions.TokenLease"/>.</param>
public sealed record TokenReading(Guid Epoch, Guid[] Tokens, bool Leased = false);
