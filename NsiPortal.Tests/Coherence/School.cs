using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Support;

namespace NsiPortal.Coherence;

/// <summary>
/// A small school that writers change through EF in every way the portal knows. Every text says its register and the number of the write
/// that made it, as <c>[[c3.title=17]]</c>; slugs say theirs as <c>c3-17</c>.
/// </summary>
sealed class School(PortalHost host)
{
    public const int Contents = 60;

    readonly ConcurrentDictionary<string, Register> registers = new();
    readonly ConcurrentDictionary<int, SemaphoreSlim> locks = new();
    ImmutableList<CourseState> courses = [];
    int names;

    public IReadOnlyList<CourseState> Courses => courses;

    public IReadOnlyDictionary<string, Register> Registers => registers;

    /// <summary>A course that exists; <see cref="Gone"/> is when its deletion was acknowledged.</summary>
    public sealed class CourseState(int id, int name)
    {
        long gone = long.MaxValue;
        long leaving = long.MaxValue;

        public int Id => id;

        /// <summary>What its registers are called; ids are not known before the first save.</summary>
        public int Name => name;

        public volatile string Slug = "";
        public ImmutableList<ChapterState> Chapters = [];

        public long Leaving { get => Volatile.Read(ref leaving); set => Volatile.Write(ref leaving, value); }

        public long Gone { get => Volatile.Read(ref gone); set => Volatile.Write(ref gone, value); }
    }

    public sealed class ChapterState(int id, int name, long appeared)
    {
        long leaving = long.MaxValue;
        long gone = long.MaxValue;

        public int Id => id;

        public int Name => name;

        public long Appeared => appeared;

        public volatile string Slug = "";

        public long Leaving { get => Volatile.Read(ref leaving); set => Volatile.Write(ref leaving, value); }

        public long Gone { get => Volatile.Read(ref gone); set => Volatile.Write(ref gone, value); }
    }

    Register Of(string name) => registers.GetOrAdd(name, n => new Register(n));

    static string Show(Register register, Register.Write write) => $"[[{register.Name}={write.Number}]]";

    public async Task OpenAsync(int courseCount)
    {
        await host.WithDbAsync(async db =>
        {
            for (var i = 1; i <= Contents; i++) db.Add(new ProgrammeContent($"Z-{i:000}", Level.Terminale, "Essai", $"[[content={i}]]", i));
            await db.SaveChangesAsync();
        });
        for (var i = 0; i < courseCount; i++) await AddCourseAsync();
    }

    /// <summary>Does one random thing to one random course.</summary>
    public async Task ChangeAsync(Random random)
    {
        var course = courses[random.Next(courses.Count)];
        var gate = locks.GetOrAdd(course.Id, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync();
        try
        {
            if (course.Leaving != long.MaxValue) return;
            var chapter = course.Chapters[random.Next(course.Chapters.Count)];
            switch (random.Next(12))
            {
                case 0: await SetAsync([CourseTitle(course)]); break;
                case 1: await SetAsync([ChapterTitle(chapter)]); break;
                case 2: await SetAsync([ChapterText(chapter)]); break;
                case 3: await InTransactionAsync(Ending.Commit, ChapterText(chapter), CourseTitle(course)); break;
                case 4: await InTransactionAsync(Ending.RollBack, ChapterTitle(chapter), ChapterText(chapter)); break;
                case 5: await InTransactionAsync(Ending.Abandon, CourseTitle(course), ChapterText(chapter)); break;
                case 6: await InTransactionAsync(Ending.KeepFirst, ChapterTitle(chapter), ChapterText(chapter)); break;
                case 7: await RenameAsync(course); break;
                case 8: await RenameAsync(course, chapter); break;
                case 9: await CoverAsync(chapter); break;
                case 10: await ReplaceChapterAsync(course, chapter); break;
                default:
                    if (random.Next(4) == 0) await ReplaceCourseAsync(course);
                    else await FailAsync(course);
                    break;
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A value to set: where, how, and its place in history.</summary>
    sealed record Setting(Register Register, Func<PortalDbContext, string, Task> Apply);

    Setting CourseTitle(CourseState course) => new(Of($"c{course.Name}.title"), async (db, text) =>
    {
        var row = await db.Courses.SingleAsync(c => c.Id == course.Id);
        row.Describe("Cours " + text, "Résumé " + text, row.Level, row.Position);
    });

    Setting ChapterTitle(ChapterState chapter) => new(Of($"h{chapter.Name}.title"), async (db, text) =>
    {
        var row = await db.Chapters.SingleAsync(c => c.Id == chapter.Id);
        row.Describe("Chapitre " + text, text, row.Position);
    });

    Setting ChapterText(ChapterState chapter) => new(Of($"h{chapter.Name}.text"), async (db, text) =>
        (await db.Chapters.SingleAsync(c => c.Id == chapter.Id)).Write("x", Text.Of(text)));

    async Task SetAsync(Setting[] settings)
    {
        var writes = settings.Select(s => s.Register.Begin()).ToList();
        await host.WithDbAsync(async db =>
        {
            for (var i = 0; i < settings.Length; i++) await settings[i].Apply(db, Show(settings[i].Register, writes[i]));
            await db.SaveChangesAsync();
        });
        foreach (var write in writes) write.Acknowledge();
    }

    enum Ending
    {
        Commit,
        RollBack,
        Abandon,
        KeepFirst,
    }

    async Task InTransactionAsync(Ending ending, Setting first, Setting second)
    {
        var (one, two) = (first.Register.Begin(), second.Register.Begin());
        // Before anybody can see it: what is not kept was never there.
        if (ending is Ending.RollBack or Ending.Abandon) one.Undo();
        if (ending is not Ending.Commit) two.Undo();

        await host.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await first.Apply(db, Show(first.Register, one));
            await db.SaveChangesAsync();
            if (ending == Ending.KeepFirst) await transaction.CreateSavepointAsync("here");
            await second.Apply(db, Show(second.Register, two));
            await db.SaveChangesAsync();
            if (ending == Ending.KeepFirst) await transaction.RollbackToSavepointAsync("here");
            if (ending == Ending.RollBack) await transaction.RollbackAsync();
            else if (ending != Ending.Abandon) await transaction.CommitAsync();
        });
        if (!one.Undone) one.Acknowledge();
        if (!two.Undone) two.Acknowledge();
    }

    async Task RenameAsync(CourseState course)
    {
        var write = Of($"c{course.Name}.slug").Begin();
        var slug = $"c{course.Name}-{write.Number}";
        await host.WithDbAsync(async db =>
        {
            db.Add((await db.Courses.SingleAsync(c => c.Id == course.Id)).MoveTo(slug)!);
            await db.SaveChangesAsync();
        });
        write.Acknowledge();
        course.Slug = slug;
    }

    async Task RenameAsync(CourseState course, ChapterState chapter)
    {
        var write = Of($"h{chapter.Name}.slug").Begin();
        var slug = $"h{chapter.Name}-{write.Number}";
        await host.WithDbAsync(async db =>
        {
            db.Add((await db.Chapters.SingleAsync(c => c.Id == chapter.Id)).MoveTo(slug)!);
            await db.SaveChangesAsync();
        });
        write.Acknowledge();
        chapter.Slug = slug;
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

        await host.WithDbAsync(async db =>
        {
            var row = await db.Chapters.Include(c => c.Contents).SingleAsync(c => c.Id == chapter.Id);
            var code = $"Z-{write.Number:000}";
            row.Cover(await db.ProgrammeContents.Where(c => c.Code == code).ToListAsync());
            await db.SaveChangesAsync();
        });
        write.Acknowledge();
    }

    /// <summary>A save that the database refuses: its title must never be seen.</summary>
    async Task FailAsync(CourseState course)
    {
        var register = Of($"c{course.Name}.title");
        var write = register.Begin();
        write.Undo();
        await host.WithDbAsync(async db =>
        {
            (await db.Courses.SingleAsync(c => c.Id == course.Id)).Describe("Cours " + Show(register, write), "", Level.Terminale, 1);
            db.Add(new Course(course.Slug, "Double", Level.Terminale));
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        });
    }

    async Task ReplaceChapterAsync(CourseState course, ChapterState chapter)
    {
        chapter.Leaving = Stopwatch.GetTimestamp();
        await host.WithDbAsync(async db =>
        {
            db.Remove(await db.Chapters.SingleAsync(c => c.Id == chapter.Id));
            await db.SaveChangesAsync();
        });
        chapter.Gone = Stopwatch.GetTimestamp();

        var name = Interlocked.Increment(ref names);
        var (build, acknowledge) = NewChapter(name);
        var id = await host.WithDbAsync(async db =>
        {
            var row = await db.Courses.Include(c => c.Chapters).SingleAsync(c => c.Id == course.Id);
            var added = build(row);
            await db.SaveChangesAsync();
            return added.Id;
        });
        acknowledge();
        course.Chapters = course.Chapters.Remove(chapter).Add(new ChapterState(id, name, Stopwatch.GetTimestamp()) { Slug = $"h{name}-1" });
    }

    async Task ReplaceCourseAsync(CourseState course)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var chapter in course.Chapters) chapter.Leaving = now;
        course.Leaving = now;
        await host.WithDbAsync(async db =>
        {
            // Its chapters are not loaded: the database deletes them.
            db.Remove(await db.Courses.SingleAsync(c => c.Id == course.Id));
            await db.SaveChangesAsync();
        });
        now = Stopwatch.GetTimestamp();
        foreach (var chapter in course.Chapters) chapter.Gone = now;
        course.Gone = now;
        await AddCourseAsync();
        ImmutableInterlocked.Update(ref courses, list => list.Remove(course));
    }

    async Task AddCourseAsync()
    {
        var name = Interlocked.Increment(ref names);
        var (slug, title) = (Of($"c{name}.slug").Begin(), Of($"c{name}.title").Begin());
        var chapterNames = Enumerable.Range(0, 3).Select(_ => Interlocked.Increment(ref names)).ToList();
        var chapters = chapterNames.Select(NewChapter).ToList();
        var state = await host.WithDbAsync(async db =>
        {
            var text = Show(Of($"c{name}.title"), title);
            var course = new Course($"c{name}-1", "Cours " + text, Level.Terminale);
            course.Describe("Cours " + text, "Résumé " + text, Level.Terminale, 1);
            course.Publish();
            var rows = chapters.Select(chapter => chapter.Build(course)).ToList();
            db.Add(course);
            await db.SaveChangesAsync();
            var now = Stopwatch.GetTimestamp();
            return new CourseState(course.Id, name)
            {
                Slug = course.Slug,
                Chapters = [.. rows.Zip(chapterNames, (row, n) => new ChapterState(row.Id, n, now) { Slug = row.Slug })],
            };
        });
        slug.Acknowledge();
        title.Acknowledge();
        foreach (var chapter in chapters) chapter.Acknowledge();
        ImmutableInterlocked.Update(ref courses, list => list.Add(state));
    }

    (Func<Course, Chapter> Build, Action Acknowledge) NewChapter(int name)
    {
        var (slug, title, text) = (Of($"h{name}.slug").Begin(), Of($"h{name}.title").Begin(), Of($"h{name}.text").Begin());
        return (course =>
        {
            var chapter = course.AddChapter($"h{name}-1", "Chapitre");
            chapter.Describe("Chapitre " + Show(Of($"h{name}.title"), title), "", chapter.Position);
            chapter.Write("x", Text.Of(Show(Of($"h{name}.text"), text)));
            chapter.Publish();
            return chapter;
        }, () =>
        {
            slug.Acknowledge();
            title.Acknowledge();
            text.Acknowledge();
        });
    }
}
