using System.Collections.Concurrent;

namespace NsiPortal.Caching.Tokens;

/// <summary>Tokens of one process, which hears of the changes of others by its poll.</summary>
/// <remarks>Not sealed so that the coherence tests can break it and see that they notice.</remarks>
public class MemoryTokens : TagTokens
{
    /// <summary>Above this many tags all are forgotten, which bounds memory and costs misses only.</summary>
    const int MaximumTags = 1_000_000;

    readonly string store = "memory:" + Guid.NewGuid().ToString("n");
    readonly ConcurrentDictionary<string, Guid> tokens = new();
    volatile StrongBox epoch = new(Guid.NewGuid());

    public override ValueTask<TokenReading?> ReadAsync(IReadOnlyList<string> tags, CancellationToken cancellationToken, bool fresh = false)
    {
        var current = epoch.Value;
        var read = new Guid[tags.Count];
        for (var i = 0; i < read.Length; i++) read[i] = tokens.GetOrAdd(tags[i], static _ => Guid.NewGuid());
        return ValueTask.FromResult<TokenReading?>(new TokenReading(current, read));
    }

    public override ValueTask<string?> InvalidateAsync(IReadOnlyCollection<string> tags)
    {
        foreach (var tag in tags) tokens[tag] = Guid.NewGuid();
        return tokens.Count > MaximumTags ? ClearAsync() : MeetAsync();
    }

    public override ValueTask<string?> ClearAsync()
    {
        epoch = new StrongBox(Guid.NewGuid());
        tokens.Clear();
        return MeetAsync();
    }

    internal sealed override ValueTask<string?> MeetAsync() => ValueTask.FromResult<string?>(store);

    // A reference is replaced atomically; sixteen bytes are not.
    sealed record StrongBox(Guid Value);
}
