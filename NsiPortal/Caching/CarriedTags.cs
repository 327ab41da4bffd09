namespace NsiPortal.Caching;

/// <summary>
/// The tags of what is being made: of a cached page while its action runs, of data while its factory does. What either is made from may depend
/// on no other tag, or it would stay when that changes.
/// </summary>
static class CarriedTags
{
    // Flows into what is awaited and nowhere else: a request that goes past the cache, or work outside any request, carries none.
    static readonly AsyncLocal<IReadOnlyList<string>?> Current = new();

    /// <summary>Says the tags for the rest of the calling asynchronous method and what it calls.</summary>
    public static void Are(IReadOnlyList<string> tags) => Current.Value = tags;

    /// <exception cref="InvalidOperationException">Something that is being made would not be evicted by one of the tags.</exception>
    public static void Demand(IReadOnlyCollection<string> tags)
    {
        if (Current.Value is not { } carried) return;
        foreach (var tag in tags)
        {
            if (!carried.Contains(tag))
                throw new InvalidOperationException($"What depends on {tag} cannot be part of what carries only {string.Join(", ", carried)}.");
        }
    }
}
