using System.Collections.Concurrent;

namespace NsiPortal.Caching.Tokens;

/// <summary>
/// The random token that each tag has now. Pages carry the tokens of their tags in their key, so overwriting a token makes every page
/// that carries it unreachable at once, whoever holds a copy. A token that is missing is drawn afresh: losing tokens can only cost misses.
/// </summary>
/// <remarks>Virtual so that the coherence tests can break it and see that they notice.</remarks>
public class TagTokens
{
    /// <summary>Above this many tags all are forgotten, which bounds memory and costs misses only.</summary>
    const int MaximumTags = 1_000_000;

    readonly ConcurrentDictionary<string, Guid> tokens = new();
    volatile StrongBox epoch = new(Guid.NewGuid());

    /// <summary>Reads the epoch, then the token of each tag, in the order given. Call it before any read from the database that feeds the page.</summary>
    public virtual ValueTask<TokenReading> ReadAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var current = epoch.Value;
        var read = new Guid[tags.Count];
        for (var i = 0; i < read.Length; i++) read[i] = tokens.GetOrAdd(tags[i], static _ => Guid.NewGuid());
        return ValueTask.FromResult(new TokenReading(current, read));
    }

    /// <summary>Overwrites the tokens of the tags. Call it after the commit and before the change is acknowledged.</summary>
    public virtual ValueTask InvalidateAsync(IReadOnlyCollection<string> tags)
    {
        foreach (var tag in tags) tokens[tag] = Guid.NewGuid();
        if (tokens.Count > MaximumTags) Clear();
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes every page unreachable.</summary>
    public void Clear()
    {
        epoch = new StrongBox(Guid.NewGuid());
        tokens.Clear();
    }

    // A reference is replaced atomically; sixteen bytes are not.
    sealed record StrongBox(Guid Value);
}

/// <summary>The tokens that a request read, in the order of the tags it named.</summary>
public readonly record struct TokenReading(Guid Epoch, Guid[] Tokens);
