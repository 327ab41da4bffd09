using NsiPortal.Domain.Courses;

namespace NsiPortal.Exchange;

/// <summary>
/// Which chapters a folder moves to a new address by naming the former one. What the folder says stays there after it was done, so that a
/// move is made only where it has not been made yet.
/// </summary>
static class ChapterMoves
{
    /// <param name="sources">The chapters of the folder.</param>
    /// <param name="present">The chapters of the database by slug.</param>
    /// <param name="left">The addresses that chapters of the database have left.</param>
    /// <returns>The chapter that takes each new address.</returns>
    public static Dictionary<string, Chapter> In(
        IReadOnlyList<ChapterSource> sources, IReadOnlyDictionary<string, Chapter> present, IReadOnlySet<(int ChapterId, string Slug)> left)
    {
        var moves = sources.Where(source => source.FormerSlug is { } former && former != source.Slug && present.ContainsKey(former)
                && !(present.TryGetValue(source.Slug, out var there) && left.Contains((there.Id, former))))
            .ToDictionary(source => source.Slug, source => source.FormerSlug!);

        // A chapter that stays where it is keeps others out, and one that is kept out stays where it is.
        while (moves.Keys.FirstOrDefault(slug => present.ContainsKey(slug) && !moves.ContainsValue(slug)) is { } taken) moves.Remove(taken);
        return moves.ToDictionary(move => move.Key, move => present[move.Value]);
    }
}
