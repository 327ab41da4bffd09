using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Exercises;
using NsiPortal.Rendering;

namespace NsiPortal.Exchange;

/// <summary>
/// Brings a course of the database to what a folder says, or creates it. The one importer: the demo content passes through it too. What the
/// folder does not change is not written, and so evicts nothing. Two imports of a course, or an import and its scheduled publication, come one
/// after the other, and each sees what the one before has done.
/// </summary>
public sealed class CourseImporter(MarkdownRenderer renderer, TimeProvider time)
{
    /// <summary>Imports and saves, all or nothing; in the context's transaction when it has one.</summary>
    /// <param name="db">A context; it forgets what it tracks.</param>
    /// <param name="reading">A folder that holds a course.</param>
    /// <param name="prune">
    /// Whether to delete the chapters and files that are not in the folder. Nothing is deleted when something could not be read: it may be what stands
    /// for them. Nor in the import that renames the course, whose chapters and files may be all there is of another one.
    /// </param>
    /// <param name="rename">
    /// Whether a course that stands at the former address, while none stands at the folder's own, is the folder's, and moves to its address.
    /// </param>
    /// <param name="cancellationToken">Cancels before the commit, never after.</param>
    /// <exception cref="FormerCourseException">Nothing was imported: it would rename a course.</exception>
    /// <exception cref="DbUpdateException">
    /// Nothing was imported, because somebody else has created the same course meanwhile, or because the database refuses.
    /// </exception>
    public async Task<ImportReport> ImportAsync(PortalDbContext db, CourseFolderReading reading, bool prune, bool rename, CancellationToken cancellationToken)
    {
        var source = reading.Course ?? throw new ArgumentException("The folder holds no course.", nameof(reading));
        var rendered = await RenderAsync(db, reading, cancellationToken);

        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        // What was read before the lock that follows may have changed.
        db.ChangeTracker.Clear();
        var (course, courseOutcome, moved) = await ImportCourseAsync(db, source, rename, cancellationToken);
        prune &= reading.Problems.Count == 0 && !moved;
        var present = course.Chapters.ToDictionary(chapter => chapter.Slug);
        var moves = ChapterMoves.In(reading.Chapters, present, await LeftSlugsAsync(db, course, cancellationToken));

        var arrivals = reading.Chapters.Where(chapter => chapter.FormerSlug is not null && chapter.FormerSlug != chapter.Slug && !moves.ContainsKey(chapter.Slug) && !present.ContainsKey(chapter.Slug)).ToList();

        // Rows cannot exchange unique values in one save, so that they step aside first, and one that is new has no id before it is saved.
        var exchange = moves.Keys.Any(present.ContainsKey);
        foreach (var (slug, chapter) in moves) db.OldSlugs.Add(chapter.MoveTo(exchange ? Guid.NewGuid().ToString("n") : slug)!);
        if (exchange) await db.SaveChangesAsync(cancellationToken);

        var revised = new List<Exercise>();
        var chapters = await ImportChaptersAsync(db, course, reading.Chapters, present, moves, rendered, prune, revised, cancellationToken);
        var files = await ImportFilesAsync(db, course, reading.Files, prune, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var cameFrom = courseOutcome == ImportOutcome.Created ? await FreeFormerSlugAsync(db, source, cancellationToken) : null;
        if (cameFrom is not null || arrivals.Count > 0)
        {
            if (cameFrom is not null) db.OldSlugs.Add(course.WasAt(cameFrom));
            foreach (var arrival in arrivals) db.OldSlugs.Add(course.Chapters.Single(chapter => chapter.Slug == arrival.Slug).WasAt(arrival.FormerSlug!));
            await db.SaveChangesAsync(cancellationToken);
        }

        if (transaction is not null) await transaction.CommitAsync(CancellationToken.None);
        return new ImportReport(course.Slug, courseOutcome, chapters, files, moved ? source.FormerSlug : null) { Revised = revised.ConvertAll(exercise => exercise.Id) };
    }

    /// <summary>
    /// The texts that the course does not show yet, rendered before the transaction, for whose end others wait. One that is missing, because
    /// somebody has changed the course meanwhile, is rendered inside it.
    /// </summary>
    async Task<IReadOnlyDictionary<string, RenderedText>> RenderAsync(PortalDbContext db, CourseFolderReading reading, CancellationToken cancellationToken)
    {
        var shown = (await db.Chapters.Where(c => c.Course.Slug == reading.Course!.Slug && c.RendererVersion >= MarkdownRenderer.Version)
            .Select(c => c.Markdown).ToListAsync(cancellationToken)).ToHashSet();
        return reading.Chapters.Select(chapter => chapter.Markdown).Distinct().Where(markdown => !shown.Contains(markdown)).ToDictionary(markdown => markdown, renderer.Render);
    }

    async Task<(Course Course, ImportOutcome Outcome, bool Moved)> ImportCourseAsync(PortalDbContext db, CourseSource source, bool rename, CancellationToken cancellationToken)
    {
        var course = await LockAsync(db, source.Slug, cancellationToken);
        var moved = false;
        if (course is null && source.FormerSlug is { } slug && slug != source.Slug && await LockAsync(db, slug, cancellationToken) is { } former)
        {
            if (!rename) throw new FormerCourseException(former.Slug);
            course = former;
            db.OldSlugs.Add(course.MoveTo(source.Slug)!);
            moved = true;
        }

        var added = course is null;
        course ??= new Course(source.Slug, source.Title, source.Level);
        if (added) db.Courses.Add(course);

        // What somebody imports they do not want in the bin.
        course.Restore();
        course.Describe(source.Title, source.Summary, source.Level, source.Position, source.Author, source.Licence);
        // A folder goes on saying when the course was to appear after it has appeared.
        if (source.Published || source.PublishAt <= time.GetUtcNow())
        {
            course.Publish();
        }
        else if (source.PublishAt is { } at)
        {
            course.SchedulePublication(at);
        }
        else
        {
            course.Unpublish();
            course.Unschedule();
        }

        return (course, OutcomeOf(db, course, added), moved);
    }

    /// <summary>The course, which nobody else publishes or imports before the commit. One that appears behind the lock is none: it meets the unique address.</summary>
    static async Task<Course?> LockAsync(PortalDbContext db, string slug, CancellationToken cancellationToken)
    {
        var courses = db.Courses.Where(c => c.Slug == slug);
        return await courses.LockAsync(cancellationToken) == 0 ? null
            : await courses.Include(c => c.Chapters).ThenInclude(c => c.Contents).Include(c => c.Chapters).ThenInclude(c => c.Exercises).AsSplitQuery().SingleAsync(cancellationToken);
    }

    /// <summary>The address that a course which is new here had elsewhere, if it leads nowhere here.</summary>
    static async Task<string?> FreeFormerSlugAsync(PortalDbContext db, CourseSource source, CancellationToken cancellationToken) =>
        source.FormerSlug is { } slug && slug != source.Slug && !await db.OldSlugs.AnyAsync(old => old.Slug == slug && old.ChapterId == null, cancellationToken) ? slug : null;

    static async Task<HashSet<(int ChapterId, string Slug)>> LeftSlugsAsync(PortalDbContext db, Course course, CancellationToken cancellationToken) =>
    [
        .. (await db.OldSlugs.Where(old => old.CourseId == course.Id && old.ChapterId != null).Select(old => new { old.ChapterId, old.Slug }).ToListAsync(cancellationToken))
            .Select(old => (old.ChapterId!.Value, old.Slug)),
    ];

    async Task<IReadOnlyList<ImportedItem>> ImportChaptersAsync(
        PortalDbContext db, Course course, IReadOnlyList<ChapterSource> sources, Dictionary<string, Chapter> present, Dictionary<string, Chapter> moves,
        IReadOnlyDictionary<string, RenderedText> rendered, bool prune, List<Exercise> revised, CancellationToken cancellationToken)
    {
        var programme = await db.ProgrammeContents.ToDictionaryAsync(content => content.Code, cancellationToken);
        var items = new List<ImportedItem>();
        var stay = present.Where(chapter => !moves.ContainsValue(chapter.Value)).ToDictionary();
        foreach (var source in sources)
        {
            var moved = moves.GetValueOrDefault(source.Slug);
            var known = moved ?? stay.GetValueOrDefault(source.Slug);
            var chapter = known ?? course.AddChapter(source.Slug, source.Title);
            chapter.MoveTo(source.Slug);
            var said = (chapter.Title, chapter.Summary, chapter.Markdown);
            chapter.Restore();
            chapter.Describe(source.Title, source.Summary, source.Position);
            var outdated = chapter.RendererVersion < MarkdownRenderer.Version;
            if (chapter.Markdown != source.Markdown || outdated) chapter.Write(source.Markdown, rendered.GetValueOrDefault(source.Markdown) ?? renderer.Render(source.Markdown));
            if (known is null || said != (chapter.Title, chapter.Summary, chapter.Markdown)) chapter.Keep(authorId: null, note: "", time.GetUtcNow());
            if (source.Published)
            {
                chapter.Publish();
            }
            else
            {
                chapter.Unpublish();
                chapter.Unschedule();
            }

            // Rows of their own, which the chapter's does not show.
            var covers = !chapter.Contents.Select(content => content.Code).ToHashSet().SetEquals(source.Contents);
            chapter.Cover(source.Contents.Select(code => programme[code]));
            var outcome = OutcomeOf(db, chapter, added: known is null);
            if (outdated) RenderExercises(chapter);
            var asks = ImportExercises(db, chapter, source, prune, revised);
            items.Add(new ImportedItem(source.Slug, (covers || asks) && outcome == ImportOutcome.Unchanged ? ImportOutcome.Changed : outcome, moved is null ? null : source.FormerSlug));
        }

        // What is in the bin is gone already, and may come back.
        var gone = stay.Values.Where(chapter => chapter.DeletedAt is null).ExceptBy(sources.Select(source => source.Slug), chapter => chapter.Slug).OrderBy(chapter => chapter.Position).ThenBy(chapter => chapter.Id).ToList();
        if (prune) db.Chapters.RemoveRange(gone);
        return [.. items, .. gone.Select(chapter => new ImportedItem(chapter.Slug, prune ? ImportOutcome.Deleted : ImportOutcome.Kept))];
    }

    /// <summary>Exercises that are not in the sheet any more are no longer asked; a chapter without a sheet keeps its own unless all that is missing is to go.</summary>
    /// <returns>Whether anything changed.</returns>
    bool ImportExercises(PortalDbContext db, Chapter chapter, ChapterSource source, bool prune, List<Exercise> revised)
    {
        if (source.Exercises is null && !prune) return false;
        // What could not be read is not gone: pupils are in the midst of it, and those behind it would change their place.
        if (source.ExercisesBroken && chapter.Exercises.Any(e => !e.Retired)) return false;
        var sheet = ExerciseSheet.Read(source.Exercises ?? "", Render, []);
        foreach (var (asked, index) in sheet.Select((asked, index) => (asked, index)))
        {
            var exercise = chapter.Exercises.FirstOrDefault(e => e.Key == asked.Key) ?? chapter.AddExercise(asked.Key);
            if (exercise.Write(index + 1, asked.Title, asked.Points, asked.Required, asked.MaximumTries, asked.Yaml, asked.Content)) revised.Add(exercise);
        }

        foreach (var gone in chapter.Exercises.ExceptBy(sheet.Select(asked => asked.Key), e => e.Key).Where(e => !e.Retired)) gone.Retire();
        return chapter.Exercises.Any(exercise => db.Entry(exercise).State != EntityState.Unchanged);
    }

    /// <summary>Makes the HTML of a chapter's exercises again, which an older renderer made.</summary>
    internal void RenderExercises(Chapter chapter)
    {
        foreach (var exercise in chapter.Exercises)
            if (ExerciseSheet.Read(exercise.Source, Render, []) is [var asked]) exercise.Show(asked.Content);
    }

    RichText Render(string markdown) => new(markdown, renderer.Render(markdown).Html);

    static async Task<IReadOnlyList<ImportedItem>> ImportFilesAsync(
        PortalDbContext db, Course course, IReadOnlyList<FileSource> sources, bool prune, CancellationToken cancellationToken)
    {
        // Not their contents, which are large and mostly unchanged.
        var known = await db.CourseFiles.Where(file => file.CourseId == course.Id).Select(file => new { file.Name, file.Hash, file.MediaType })
            .ToDictionaryAsync(file => file.Name, cancellationToken);
        var outcomes = sources.ToDictionary(source => source.Name, source =>
            !known.TryGetValue(source.Name, out var file) ? ImportOutcome.Created
            : file.Hash != CourseFile.HashOf(source.Content) || file.MediaType != source.MediaType ? ImportOutcome.Changed
            : ImportOutcome.Unchanged);
        foreach (var name in known.Keys.Except(outcomes.Keys).Order(StringComparer.Ordinal).ToList())
            outcomes.Add(name, prune ? ImportOutcome.Deleted : ImportOutcome.Kept);

        var touched = outcomes.Where(file => file.Value is ImportOutcome.Changed or ImportOutcome.Deleted).Select(file => file.Key).ToList();
        foreach (var file in await db.CourseFiles.Where(file => file.CourseId == course.Id && touched.Contains(file.Name)).ToListAsync(cancellationToken))
            if (outcomes[file.Name] == ImportOutcome.Deleted) db.CourseFiles.Remove(file);

        foreach (var source in sources.Where(source => outcomes[source.Name] != ImportOutcome.Unchanged)) course.Attach(source.Name, source.MediaType, source.Content);
        return [.. outcomes.Select(file => new ImportedItem(file.Key, file.Value))];
    }

    static ImportOutcome OutcomeOf(PortalDbContext db, object entity, bool added) =>
        added ? ImportOutcome.Created : db.Entry(entity).State == EntityState.Modified ? ImportOutcome.Changed : ImportOutcome.Unchanged;
}
