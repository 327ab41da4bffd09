using NsiPortal.Domain.Studies;

namespace NsiPortal.Features.Studies;

/// <summary>What a list of the catalogue is narrowed by, as its one address tells it.</summary>
/// <param name="Path">Of the list.</param>
/// <param name="Words">Like the rest as <see cref="Domain.Search.SearchQuery.Normalize"/> gives it: what differs otherwise is one page in the cache. Null for all.</param>
/// <param name="Town">The slug of a town; null for all.</param>
/// <param name="Level">The slug of a level; null for all.</param>
/// <param name="Course">The slug of a course of the portal; null for all.</param>
public sealed record StudyQuery(string Path, string? Words, string? Town, string? Level, string? Course)
{
    public bool Narrowed => (Words ?? Town ?? Level ?? Course) is not null;

    public StudyLevel? LevelAsked => StudyLevels.FromWord(Level);

    /// <summary>Whether the keys of an address say the same in the same words; what binds them takes an empty value for none.</summary>
    public bool Is(IQueryCollection given, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            var told = key switch { "q" => Words, "ville" => Town, "niveau" => Level, _ => Course };
            if ((given.TryGetValue(key, out var raw) ? raw.ToString() : null) != told) return false;
        }

        return true;
    }

    public string Address(int page = 1)
    {
        (string Key, string? Value)[] keys = [("q", Words), ("ville", Town), ("niveau", Level), ("cours", Course), ("page", page > 1 ? $"{page}" : null)];
        var query = string.Join('&', keys.Where(key => key.Value is not null).Select(key => $"{key.Key}={Uri.EscapeDataString(key.Value!)}"));
        return query.Length == 0 ? Path : $"{Path}?{query}";
    }
}
