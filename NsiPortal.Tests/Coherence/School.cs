using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Coherence;

/// <summary>
/// A small school that writers change in every way the portal knows. Every text says its register and the number of the write
/// that made it, as <c>[[c3.title=17]]</c>; slugs say theirs as <c>c3-17</c>.
/// </summary>
/// <param name="performAsync">Makes a change; done when it is acknowledged. Throws <see cref="OutcomeUnknownException"/> when nobody can say whether it was made.</param>
/// <param name="imports">One in how many of the changes that would be an import is one; 0 for none. A command takes seconds for it.</param>
/// <param name="schedules">Whether courses appear at a scheduled time too, for which their writer waits seconds.</param>
/// <param name="longestHold">Milliseconds that a transaction may stay open, so that others overtake it.</param>
sealed class School(Func<Order, Task<int[]>> performAsync, int imports, bool schedules, int longestHold = 50)
{
    public const int Contents = 60;

    readonly ConcurrentDictionary<string, Register> registers = new();
    readonly ConcurrentDictionary<int, SemaphoreSlim> locks = new();

    /// <summary>Each is a process that takes a processor for seconds: one at a time, or there is time for little else.</summary>
    readonly SemaphoreSlim importing = new(1, 1);

    ImmutableList<CourseState> courses = [];
    int names;

    public IReadOnlyList<CourseState> Courses => courses;

    public IReadOnlyDictionary<string, Register> Registers => registers;

    /// <summary>Something that appears and may go: what of it readers may and must find, in <see cref="Stopwatch"/> time.</summary>
    public abstract class State(int id, int name)
    {
        long leaving = long.MaxValue;
        long gone = long.MaxValue;

        public int Id => id;

        /// <summary>What its registers are called; ids are not known before the first save.</summary>
        public int Name => name;

        public volatile string Slug = "";

        public long Appeared { get; } = Stopwatch.GetTimestamp();

        /// <summary>When somebody began to take it away.</summary>
        public long Leaving { get => Volatile.Read(ref leaving); set => Volatile.Write(ref leaving, value); }

        /// <summary>When that was acknowledged.</summary>
        public long Gone { get => Volatile.Read(ref gone); set => Volatile.Write(ref gone, value); }
    }

    public sealed class CourseState(int id, int name) : State(id, name)
    {
        public ImmutableList<ChapterState> Chapters = [];
    }

    public sealed class ChapterState(int id, int name) : State(id, name);

    Register Of(string name) => registers.GetOrAdd(name, n => new Register(n));

    static string Show(Register register, Register.Write write) => $"[[{register.Name}={write.Number}]]";

    public async Task OpenAsync(int courseCount)
    {
        await performAsync(new AddContents(Contents));
        await Task.WhenAll(Enumerable.Range(0, courseCount).Select(_ => AddCourseAsync()));
    }

    /// <summary>Does one random thing to one random course.</summary>
    public async Task ChangeAsync(Random random)
    {
        var course = courses[random.Next(courses.Count)];
        var other = courses[random.Next(courses.Count)];
        var kind = random.Next(16);
        var both = kind == 13 && other != course ? new[] { course, other } : [course];
        foreach (var locked in both.OrderBy(c => c.Id)) await LockOf(locked).WaitAsync();
        try
        {
            if (both.Any(c => c.Leaving != long.MaxValue)) return;
            var chapter = course.Chapters[random.Next(course.Chapters.Count)];
            switch (kind)
            {
                case 0: await SetAsync(CourseTitle(course)); break;
                case 1: await SetAsync(ChapterTitle(chapter)); break;
                case 2: await SetAsync(ChapterText(chapter)); break;
                case 3: await InTransactionAsync(random, TransactionEnding.Commit, ChapterText(chapter), CourseTitle(course)); break;
                case 4: await InTransactionAsync(random, TransactionEnding.RollBack, ChapterTitle(chapter), ChapterText(chapter)); break;
                case 5: await InTransactionAsync(random, TransactionEnding.Abandon, CourseTitle(course), ChapterText(chapter)); break;
                case 6: await InTransactionAsync(random, TransactionEnding.KeepFirst, ChapterTitle(chapter), ChapterText(chapter)); break;
                case 7: await RenameAsync(course); break;
                case 8: await RenameAsync(chapter); break;
                case 9: await CoverAsync(chapter); break;
                case 10: await ReplaceChapterAsync(course, chapter); break;
                case 11: await SetInBulkAsync(chapter); break;
                case 12:
                    if (random.Next(4) == 0) await ReplaceCourseAsync(course, scheduled: false);
                    else await FailAsync(course);
                    break;
                case 14:
                    if (imports > 0 && random.Next(imports) == 0) await ImportAsync(course);
                    break;
                case 15:
                    if (schedules) await ReplaceCourseAsync(course, scheduled: true);
                    break;
                default:
                    if (both.Length == 2 && course.Chapters.Count > 1) await MoveAsync(course, chapter, other);
                    break;
            }
        }
        catch (OutcomeUnknownException)
        {
            // It may be there or not, in part or in whole: let go of it. Nobody is promised anything about it any more.
            foreach (var lost in both) Leave(lost);
            foreach (var _ in both) await AddCourseAsync();
            ImmutableInterlocked.Update(ref courses, list => list.RemoveRange(both));
        }
        finally
        {
            foreach (var locked in both) LockOf(locked).Release();
        }
    }

    SemaphoreSlim LockOf(CourseState course) => locks.GetOrAdd(course.Id, _ => new SemaphoreSlim(1, 1));

    /// <summary>A value to set, and its place in history.</summary>
    sealed record Value(Register Register, SettingField Field, int Id)
    {
        public Setting Set(Register.Write write) => new(Field, Id, Show(Register, write));
    }

    Value CourseTitle(CourseState course) => new(Of($"c{course.Name}.title"), SettingField.CourseTitle, course.Id);

    Value ChapterTitle(ChapterState chapter) => new(Of($"h{chapter.Name}.title"), SettingField.ChapterTitle, chapter.Id);

    Value ChapterText(ChapterState chapter) => new(Of($"h{chapter.Name}.text"), SettingField.ChapterText, chapter.Id);

    async Task SetAsync(Value value)
    {
        var write = value.Register.Begin();
        try
        {
            await performAsync(new SetValues(TransactionEnding.None, [value.Set(write)]));
            write.Acknowledge();
        }
        catch (OutcomeUnknownException)
        {
            // Readers may see it, and need not.
        }
    }

    async Task InTransactionAsync(Random random, TransactionEnding ending, Value first, Value second)
    {
        var (one, two) = (first.Register.Begin(), second.Register.Begin());
        // Before anybody can see it: what is not kept was never there.
        if (ending is TransactionEnding.RollBack or TransactionEnding.Abandon) one.Undo();
        if (ending is not TransactionEnding.Commit) two.Undo();

        await performAsync(new SetValues(ending, [first.Set(one), second.Set(two)], Hold: random.Next(longestHold)));
        if (!one.Undone) one.Acknowledge();
        if (!two.Undone) two.Acknowledge();
    }

    async Task SetInBulkAsync(ChapterState chapter)
    {
        var register = Of($"h{chapter.Name}.text");
        var write = register.Begin();
        await performAsync(new SetInBulk(chapter.Id, Show(register, write)));
        write.Acknowledge();
    }

    async Task RenameAsync(CourseState course)
    {
        var write = Of($"c{course.Name}.slug").Begin();
        var slug = $"c{course.Name}-{write.Number}";
        await performAsync(new RenameCourse(course.Id, slug));
        write.Acknowledge();
        course.Slug = slug;
    }

    async Task RenameAsync(ChapterState chapter)
    {
        var write = Of($"h{chapter.Name}.slug").Begin();
        var slug = $"h{chapter.Name}-{write.Number}";
        await performAsync(new RenameChapter(chapter.Id, slug));
        write.Acknowledge();
        chapter.Slug = slug;
    }

    async Task MoveAsync(CourseState from, ChapterState chapter, CourseState to)
    {
        chapter.Leaving = Stopwatch.GetTimestamp();
        await performAsync(new MoveChapter(chapter.Id, to.Id));
        chapter.Gone = Stopwatch.GetTimestamp();
        from.Chapters = from.Chapters.Remove(chapter);
        to.Chapters = to.Chapters.Add(new ChapterState(chapter.Id, chapter.Name) { Slug = chapter.Slug });
    }

    async Task CoverAsync(ChapterState chapter)
    {
        var register = Of($"h{chapter.Name}.content");
        var write = register.Begin();
        if (write.Number > Contents)
        {
            write.Undo();
            return;
        }

        await performAsync(new CoverContent(chapter.Id, write.Number));
        write.Acknowledge();
    }

    /// <summary>A save that the database refuses: its title must never be seen.</summary>
    async Task FailAsync(CourseState course)
    {
        var register = Of($"c{course.Name}.title");
        var write = register.Begin();
        write.Undo();
        await performAsync(new FailToSave(course.Id, Show(register, write), course.Slug));
    }

    async Task ReplaceChapterAsync(CourseState course, ChapterState chapter)
    {
        chapter.Leaving = Stopwatch.GetTimestamp();
        await performAsync(new DeleteChapter(chapter.Id));
        chapter.Gone = Stopwatch.GetTimestamp();

        var (name, added, acknowledge) = NewChapter();
        var id = (await performAsync(new AddChapter(course.Id, added)))[0];
        acknowledge();
        course.Chapters = course.Chapters.Remove(chapter).Add(new ChapterState(id, name) { Slug = added.Slug });
    }

    static void Leave(CourseState course)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var chapter in course.Chapters) chapter.Leaving = Math.Min(chapter.Leaving, now);
        course.Leaving = now;
    }

    async Task ReplaceCourseAsync(CourseState course, bool scheduled)
    {
        Leave(course);
        await performAsync(new DeleteCourse(course.Id));
        var now = Stopwatch.GetTimestamp();
        foreach (var chapter in course.Chapters) chapter.Gone = now;
        course.Gone = now;
        await AddCourseAsync(scheduled);
        ImmutableInterlocked.Update(ref courses, list => list.Remove(course));
    }

    async Task AddCourseAsync(bool scheduled = false)
    {
        while (!await TryAddCourseAsync(scheduled))
        {
            // Whoever was asked died over it. What is left of it has a name of its own.
        }
    }

    async Task<bool> TryAddCourseAsync(bool scheduled)
    {
        var name = Interlocked.Increment(ref names);
        var (slug, title) = (Of($"c{name}.slug").Begin(), Of($"c{name}.title").Begin());
        var chapters = Enumerable.Range(0, 3).Select(_ => NewChapter()).ToList();
        var order = new AddCourse($"c{name}-1", Show(Of($"c{name}.title"), title), [.. chapters.Select(c => c.Chapter)], scheduled);
        int[] ids;
        try
        {
            ids = await performAsync(order);
            if (scheduled) await PublishedAsync(ids[0]);
        }
        catch (OutcomeUnknownException)
        {
            return false;
        }

        slug.Acknowledge();
        title.Acknowledge();
        foreach (var chapter in chapters) chapter.Acknowledge();
        var state = new CourseState(ids[0], name)
        {
            Slug = order.Slug,
            Chapters = [.. chapters.Zip(ids.Skip(1), (c, id) => new ChapterState(id, c.Name) { Slug = c.Chapter.Slug })],
        };
        ImmutableInterlocked.Update(ref courses, list => list.Add(state));
        return true;
    }

    /// <summary>
    /// Waits until somebody published what was due. Nobody is told of that, so that readers are promised it from when every process has heard of the
    /// commit at the latest, or lost its licence.
    /// </summary>
    async Task PublishedAsync(int courseId)
    {
        var start = Stopwatch.GetTimestamp();
        while ((await performAsync(new IsPublished(courseId))).Length == 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1), "A course that was due was not published.");
            await Task.Delay(100);
        }

        await Task.Delay(Licence.Length + TimeSpan.FromMilliseconds(250));
    }

    /// <summary>New words for a course and all its chapters at once.</summary>
    async Task ImportAsync(CourseState course)
    {
        if (!importing.Wait(0)) return;
        try
        {
            var title = Of($"c{course.Name}.title").Begin();
            var chapters = course.Chapters.Select(chapter => (chapter.Slug, Title: Of($"h{chapter.Name}.title"), Text: Of($"h{chapter.Name}.text")))
                .Select(c => (c.Slug, c.Title, c.Text, NewTitle: c.Title.Begin(), NewText: c.Text.Begin())).ToList();
            await performAsync(new ImportCourse(course.Slug, Show(Of($"c{course.Name}.title"), title),
                [.. chapters.Select(c => new NewChapter(c.Slug, Show(c.Title, c.NewTitle), Show(c.Text, c.NewText)))]));
            title.Acknowledge();
            foreach (var chapter in chapters)
            {
                chapter.NewTitle.Acknowledge();
                chapter.NewText.Acknowledge();
            }
        }
        finally
        {
            importing.Release();
        }
    }

    (int Name, NewChapter Chapter, Action Acknowledge) NewChapter()
    {
        var name = Interlocked.Increment(ref names);
        var (slug, title, text) = (Of($"h{name}.slug").Begin(), Of($"h{name}.title").Begin(), Of($"h{name}.text").Begin());
        var chapter = new NewChapter($"h{name}-{slug.Number}", Show(Of($"h{name}.title"), title), Show(Of($"h{name}.text"), text));
        return (name, chapter, () =>
        {
            slug.Acknowledge();
            title.Acknowledge();
            text.Acknowledge();
        });
    }
}

/// <summary>The process that was asked for a change died over it: nobody knows whether it was made.</summary>
sealed class OutcomeUnknownException(Exception inner) : Exception("The process that was asked is gone.", inner);
