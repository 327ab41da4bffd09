using NsiPortal.Domain.People;

namespace NsiPortal.Learning;

/// <summary>
/// Marks out of 20: for each chapter, the best scores of its required exercises over what they are worth. Over all, the same for the chapters that anybody of
/// the class has begun, so that nobody is marked on what the class has not reached.
/// </summary>
public sealed record MarkBook(IReadOnlyList<CatalogueChapter> Chapters, IReadOnlyList<PupilMarks> Pupils)
{
    public const int Full = 20;

    public static MarkBook Of(ClassGrid grid)
    {
        var places = grid.Columns.Select((column, place) => (column, place)).Where(pair => pair.column.Exercise is { Required: true, Points: > 0 })
            .GroupBy(pair => pair.column.Chapter.Id).ToDictionary(chapter => chapter.Key, chapter => chapter.ToList());
        var chapters = grid.Chapters.Where(chapter => places.ContainsKey(chapter.Id)).ToList();
        var begun = chapters.Where(chapter => grid.Rows.Any(row => places[chapter.Id].Exists(pair => row.Cells[pair.place].Tries > 0))).Select(chapter => chapter.Id).ToHashSet();
        return new MarkBook(chapters, [.. grid.Rows.OrderBy(row => row.Nickname, Nickname.Collation).Select(row => new PupilMarks(
            row.Nickname,
            [.. chapters.Select(chapter => places[chapter.Id].Exists(pair => row.Cells[pair.place].Tries > 0) ? MarkOf(row, places[chapter.Id]) : null)],
            begun.Count == 0 ? null : MarkOf(row, chapters.Where(chapter => begun.Contains(chapter.Id)).SelectMany(chapter => places[chapter.Id])),
            row.Cells.Count(cell => cell.State == GridState.Waiting)))]);
    }

    static decimal? MarkOf(GridRow row, IEnumerable<(GridColumn Column, int Place)> exercises)
    {
        var (got, worth) = (0.0, 0);
        foreach (var (column, place) in exercises)
        {
            // A former version may have been worth more, and a wrong choice may cost points: neither counts beyond the exercise.
            got += Math.Clamp(row.Cells[place].Score, 0, column.Exercise.Points);
            worth += column.Exercise.Points;
        }

        return Math.Round((decimal)(got / worth * Full), 1, MidpointRounding.AwayFromZero);
    }
}

/// <param name="Chapters">In the order of the book's chapters; null where nothing was tried.</param>
/// <param name="Overall">Null before the class has begun.</param>
/// <param name="Waiting">How many answers are yet to be marked.</param>
public sealed record PupilMarks(string Nickname, IReadOnlyList<decimal?> Chapters, decimal? Overall, int Waiting);
