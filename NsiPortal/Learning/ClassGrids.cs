using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Exercises;
using NsiPortal.Domain.Learning;
using NsiPortal.Domain.People;

namespace NsiPortal.Learning;

/// <summary>Where each pupil of a class stands with each exercise of a chapter or a course.</summary>
public sealed class ClassGrids(PortalDbContext db, Catalogue catalogue, TimeProvider time)
{
    /// <param name="classId">Of the class.</param>
    /// <param name="place">What is to be seen; null for where the class has worked last.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ClassGrid> OfAsync(int classId, GridPlace? place, CancellationToken cancellationToken)
    {
        var catalogued = await catalogue.ChaptersAsync(cancellationToken);
        var all = catalogued.Where(chapter => chapter.Exercises.Count > 0).ToList();
        var chosen = ChosenOf(all, place);
        if (chosen.Count == 0 && all.Count > 0)
        {
            place = new GridPlace(await LastChapterAsync(classId, cancellationToken) is { } last && all.Exists(chapter => chapter.Id == last) ? last : all[0].Id, IsCourse: false);
            chosen = ChosenOf(all, place);
        }

        var columns = chosen.SelectMany(chapter => chapter.Exercises.Select(exercise => new GridColumn(chapter, exercise))).ToList();
        var ids = columns.ConvertAll(column => column.Exercise.Id);
        var members = await db.ClassMembers.Where(m => m.ClassId == classId).Select(m => new
        {
            m.UserId, m.User.Nickname, m.JoinedAt,
            LastDay = db.DailyActivity.Where(a => a.UserId == m.UserId && a.Tries > 0).Max(a => (DateOnly?)a.Day),
        }).ToListAsync(cancellationToken);
        // By the pupils as well as by the exercises, and not by a join: a database that counts on many pupils would begin with everybody's answers to these exercises.
        var pupils = members.ConvertAll(member => member.UserId);
        var progress = (await db.ExerciseProgress.Where(p => pupils.Contains(p.UserId) && ids.Contains(p.ExerciseId))
            .Select(p => new { p.UserId, p.ExerciseId, p.Tries, p.BestScore, p.LastOutcome, Solved = p.SolvedAt != null }).ToListAsync(cancellationToken))
            .ToDictionary(p => (p.UserId, p.ExerciseId));

        var today = Period.DayOf(time.GetUtcNow());
        var rows = members.ConvertAll(member => new GridRow(
            member.UserId, member.Nickname, today.DayNumber - (member.LastDay ?? Period.DayOf(member.JoinedAt)).DayNumber,
            [.. columns.Select(column => progress.TryGetValue((member.UserId, column.Exercise.Id), out var p) ? GridCell.Of(p.Tries, p.BestScore, p.LastOutcome, p.Solved) : GridCell.Blank)]));
        return new ClassGrid(all, place, chosen, columns, [.. rows.OrderByDescending(row => row.IsStuck).ThenBy(row => row.Nickname, Nickname.Collation)]);
    }

    /// <summary>The chapter in which the class has worked last; null when it has not begun.</summary>
    public Task<int?> LastChapterAsync(int classId, CancellationToken cancellationToken) => (
        from m in db.ClassMembers
        where m.ClassId == classId
        join p in db.ExerciseProgress on m.UserId equals p.UserId
        where p.LastAt != null
        orderby p.LastAt descending
        select (int?)p.Exercise.ChapterId).FirstOrDefaultAsync(cancellationToken);

    static List<CatalogueChapter> ChosenOf(IEnumerable<CatalogueChapter> all, GridPlace? place) =>
        [.. all.Where(chapter => place is not null && (place.IsCourse ? chapter.CourseId : chapter.Id) == place.Id)];
}

/// <summary>A chapter, or a whole course.</summary>
public sealed record GridPlace(int Id, bool IsCourse)
{
    const string Course = "cours-";

    /// <summary>As it stands in an address: the id of a chapter, or <c>cours-</c> and the id of a course.</summary>
    public static GridPlace? Parse(string? text) =>
        text is null ? null
        : text.StartsWith(Course, StringComparison.Ordinal) ? int.TryParse(text[Course.Length..], out var course) ? new GridPlace(course, IsCourse: true) : null
        : int.TryParse(text, out var chapter) ? new GridPlace(chapter, IsCourse: false) : null;

    public override string ToString() => IsCourse ? $"{Course}{Id}" : $"{Id}";
}

public sealed record GridColumn(CatalogueChapter Chapter, CatalogueExercise Exercise);

/// <param name="Score">The best one.</param>
public sealed record GridCell(int Tries, double Score, GridState State)
{
    /// <summary>So many tries without success are a sign that somebody needs help.</summary>
    public const int ManyTries = 3;

    public static GridCell Blank { get; } = new(0, 0, GridState.Nothing);

    public bool IsStuck => State == GridState.Tried && Tries >= ManyTries;

    /// <param name="tries">How many answers.</param>
    /// <param name="score">The best.</param>
    /// <param name="last">What was thought of the last one.</param>
    /// <param name="solved">Whether any was right.</param>
    public static GridCell Of(int tries, double score, Outcome? last, bool solved) =>
        new(tries, score, solved ? GridState.Solved : last == Outcome.Waiting ? GridState.Waiting : tries > 0 ? GridState.Tried : GridState.Nothing);
}

public enum GridState
{
    Nothing,
    Tried,
    Waiting,
    Solved,
}

/// <param name="IdleDays">Since they have answered anything, or joined.</param>
/// <param name="Cells">In the order of the columns.</param>
public sealed record GridRow(int UserId, string Nickname, int IdleDays, IReadOnlyList<GridCell> Cells)
{
    /// <summary>Two weeks without an answer.</summary>
    public const int ManyDays = 14;

    public int StuckExercises => Cells.Count(cell => cell.IsStuck);

    public bool IsIdle => IdleDays >= ManyDays;

    public bool IsStuck => IsIdle || StuckExercises > 0;

    public int Solved => Cells.Count(cell => cell.State == GridState.Solved);
}

/// <param name="All">The chapters that have exercises.</param>
/// <param name="Place">What is seen; null when there is nothing to see.</param>
/// <param name="Chapters">Those that are seen.</param>
/// <param name="Rows">Those who need help first.</param>
public sealed record ClassGrid(IReadOnlyList<CatalogueChapter> All, GridPlace? Place, IReadOnlyList<CatalogueChapter> Chapters, IReadOnlyList<GridColumn> Columns, IReadOnlyList<GridRow> Rows);
