using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching;
using NsiPortal.Caching.Outbox;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Exchange;
using NsiPortal.Rendering;
using NsiPortal.Support;

namespace NsiPortal.Coherence;

/// <summary>One change to the school, as it can travel to the process that makes it.</summary>
[JsonDerivedType(typeof(AddContents), nameof(AddContents))]
[JsonDerivedType(typeof(AddCourse), nameof(AddCourse))]
[JsonDerivedType(typeof(AddChapter), nameof(AddChapter))]
[JsonDerivedType(typeof(SetValues), nameof(SetValues))]
[JsonDerivedType(typeof(SetInBulk), nameof(SetInBulk))]
[JsonDerivedType(typeof(RenameCourse), nameof(RenameCourse))]
[JsonDerivedType(typeof(RenameChapter), nameof(RenameChapter))]
[JsonDerivedType(typeof(MoveChapter), nameof(MoveChapter))]
[JsonDerivedType(typeof(CoverContent), nameof(CoverContent))]
[JsonDerivedType(typeof(FailToSave), nameof(FailToSave))]
[JsonDerivedType(typeof(DeleteCourse), nameof(DeleteCourse))]
[JsonDerivedType(typeof(DeleteChapter), nameof(DeleteChapter))]
[JsonDerivedType(typeof(IsPublished), nameof(IsPublished))]
[JsonDerivedType(typeof(ImportCourse), nameof(ImportCourse))]
abstract record Order
{
    /// <summary>Makes the change; done when the portal acknowledges it.</summary>
    /// <returns>The ids of what was added.</returns>
    public abstract Task<int[]> PerformAsync(PortalDbContext db);

    protected static async Task<int[]> SaveAsync(PortalDbContext db, object? added = null)
    {
        if (added is not null) db.Add(added);
        await db.SaveChangesAsync();
        return [];
    }
}

sealed record AddContents(int Count) : Order
{
    public static string CodeOf(int number) => $"Z-{number:000}";

    public override Task<int[]> PerformAsync(PortalDbContext db)
    {
        for (var i = 1; i <= Count; i++) db.Add(new ProgrammeContent(CodeOf(i), Level.Terminale, "Essai", $"[[content={i}]]", i));
        return SaveAsync(db);
    }
}

sealed record NewChapter(string Slug, string Title, string Text)
{
    public Chapter AddTo(Course course)
    {
        var chapter = course.AddChapter(Slug, "Chapitre");
        chapter.Describe("Chapitre " + Title, "", chapter.Position);
        chapter.Write("x", Support.Text.Of(Text));
        chapter.Publish();
        return chapter;
    }
}

/// <param name="Scheduled">Its publication is due at once, and left to whoever publishes what is due.</param>
sealed record AddCourse(string Slug, string Title, NewChapter[] Chapters, bool Scheduled = false) : Order
{
    public override async Task<int[]> PerformAsync(PortalDbContext db)
    {
        var course = new Course(Slug, "Cours " + Title, Level.Terminale);
        course.Describe("Cours " + Title, "Résumé " + Title, Level.Terminale, 1);
        if (Scheduled) course.SchedulePublication(DateTimeOffset.UnixEpoch);
        else course.Publish();
        var chapters = Chapters.Select(chapter => chapter.AddTo(course)).ToList();
        await SaveAsync(db, course);
        return [course.Id, .. chapters.Select(chapter => chapter.Id)];
    }
}

sealed record AddChapter(int CourseId, NewChapter Chapter) : Order
{
    public override async Task<int[]> PerformAsync(PortalDbContext db)
    {
        var added = Chapter.AddTo(await db.Courses.Include(c => c.Chapters).SingleAsync(c => c.Id == CourseId));
        await SaveAsync(db);
        return [added.Id];
    }
}

/// <summary>What a value of a row is set to.</summary>
sealed record Setting(SettingField Field, int Id, string Text)
{
    public async Task ApplyAsync(PortalDbContext db)
    {
        switch (Field)
        {
            case SettingField.CourseTitle:
                var course = await db.Courses.SingleAsync(c => c.Id == Id);
                course.Describe("Cours " + Text, "Résumé " + Text, course.Level, course.Position);
                break;
            case SettingField.ChapterTitle:
                var chapter = await db.Chapters.SingleAsync(c => c.Id == Id);
                chapter.Describe("Chapitre " + Text, Text, chapter.Position);
                break;
            case SettingField.ChapterText:
                (await db.Chapters.SingleAsync(c => c.Id == Id)).Write("x", Support.Text.Of(Text));
                break;
        }
    }
}

enum SettingField
{
    CourseTitle,
    ChapterTitle,
    ChapterText,
}

enum TransactionEnding
{
    /// <summary>One save, without a transaction of its own.</summary>
    None,
    Commit,
    RollBack,
    Abandon,

    /// <summary>A savepoint between the two saves, gone back to before the commit.</summary>
    KeepFirst,
}

/// <param name="Hold">Milliseconds between the first save and what follows, so that transactions of several writers overlap.</param>
sealed record SetValues(TransactionEnding Ending, Setting[] Settings, int Hold = 0) : Order
{
    public override async Task<int[]> PerformAsync(PortalDbContext db)
    {
        if (Ending == TransactionEnding.None)
        {
            foreach (var setting in Settings) await setting.ApplyAsync(db);
            return await SaveAsync(db);
        }

        await using var transaction = await db.Database.BeginTransactionAsync();
        for (var i = 0; i < Settings.Length; i++)
        {
            if (i == 1) await Task.Delay(Hold);
            if (i == 1 && Ending == TransactionEnding.KeepFirst) await transaction.CreateSavepointAsync("here");
            await Settings[i].ApplyAsync(db);
            await db.SaveChangesAsync();
        }

        if (Ending == TransactionEnding.KeepFirst) await transaction.RollbackToSavepointAsync("here");
        if (Ending == TransactionEnding.RollBack) await transaction.RollbackAsync();
        else if (Ending != TransactionEnding.Abandon) await transaction.CommitAsync();
        return [];
    }
}

sealed record SetInBulk(int ChapterId, string Text) : Order
{
    public override async Task<int[]> PerformAsync(PortalDbContext db)
    {
        var html = Support.Text.Of(Text).Html;
        var touched = await db.WriteAsync([Tags.OfChapter(ChapterId)], cancellation =>
            db.Chapters.Where(c => c.Id == ChapterId).ExecuteUpdateAsync(set => set.SetProperty(c => c.Html, html), cancellation));
        Assert.Equal(1, touched);
        return [];
    }
}

sealed record RenameCourse(int Id, string Slug) : Order
{
    public override async Task<int[]> PerformAsync(PortalDbContext db) => await SaveAsync(db, (await db.Courses.SingleAsync(c => c.Id == Id)).MoveTo(Slug)!);
}

sealed record RenameChapter(int Id, string Slug) : Order
{
    public override async Task<int[]> PerformAsync(PortalDbContext db) => await SaveAsync(db, (await db.Chapters.SingleAsync(c => c.Id == Id)).MoveTo(Slug)!);
}

sealed record MoveChapter(int Id, int CourseId) : Order
{
    public override async Task<int[]> PerformAsync(PortalDbContext db)
    {
        var target = await db.Courses.Include(c => c.Chapters).SingleAsync(c => c.Id == CourseId);
        var chapter = await db.Chapters.Include(c => c.Course).SingleAsync(c => c.Id == Id);
        return await SaveAsync(db, chapter.MoveTo(target, target.Chapters.Max(c => c.Position) + 1)!);
    }
}

sealed record CoverContent(int ChapterId, int Number) : Order
{
    public override async Task<int[]> PerformAsync(PortalDbContext db)
    {
        var code = AddContents.CodeOf(Number);
        var chapter = await db.Chapters.Include(c => c.Contents).SingleAsync(c => c.Id == ChapterId);
        chapter.Cover(await db.ProgrammeContents.Where(c => c.Code == code).ToListAsync());
        return await SaveAsync(db);
    }
}

/// <summary>A save that the database refuses, because the slug is taken.</summary>
sealed record FailToSave(int CourseId, string Title, string Slug) : Order
{
    public override async Task<int[]> PerformAsync(PortalDbContext db)
    {
        (await db.Courses.SingleAsync(c => c.Id == CourseId)).Describe("Cours " + Title, "", Level.Terminale, 1);
        db.Add(new Course(Slug, "Double", Level.Terminale));
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        return [];
    }
}

/// <summary>Its chapters are not loaded: the database deletes them.</summary>
sealed record DeleteCourse(int Id) : Order
{
    public override async Task<int[]> PerformAsync(PortalDbContext db)
    {
        db.Remove(await db.Courses.SingleAsync(c => c.Id == Id));
        return await SaveAsync(db);
    }
}

sealed record DeleteChapter(int Id) : Order
{
    public override async Task<int[]> PerformAsync(PortalDbContext db)
    {
        db.Remove(await db.Chapters.SingleAsync(c => c.Id == Id));
        return await SaveAsync(db);
    }
}

/// <summary>Not a change: 1 when the course is published, nothing otherwise.</summary>
sealed record IsPublished(int CourseId) : Order
{
    public override async Task<int[]> PerformAsync(PortalDbContext db) => await db.Courses.AnyAsync(c => c.Id == CourseId && c.Published) ? [1] : [];
}

/// <summary>A course and its chapters as a teacher's folder has them.</summary>
sealed record ImportCourse(string Slug, string Title, NewChapter[] Chapters) : Order
{
    public async Task WriteAsync(string folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "cours.yml"),
            $"titre: \"Cours {Title}\"\nadresse: {Slug}\nniveau: terminale\nresume: \"Résumé {Title}\"\nposition: 1\npublie: true\n");
        for (var i = 0; i < Chapters.Length; i++)
            await File.WriteAllTextAsync(Path.Combine(folder, $"{i + 1:00}-{Chapters[i].Slug}.md"), $"---\ntitre: \"Chapitre {Chapters[i].Title}\"\npublie: true\n---\n\n{Chapters[i].Text}\n");
    }

    public override async Task<int[]> PerformAsync(PortalDbContext db)
    {
        var folder = Directory.CreateTempSubdirectory("nsi-portal-course-");
        try
        {
            await WriteAsync(folder.FullName);
            var reading = await CourseFolder.ReadAsync(folder.FullName, CancellationToken.None);
            Assert.Empty(reading.Problems);
            await new CourseImporter(new MarkdownRenderer(), TimeProvider.System).ImportAsync(db, reading, prune: false, rename: false, CancellationToken.None);
            return [];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
