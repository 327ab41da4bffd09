using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;

namespace NsiPortal.Exchange.Uploads;

/// <summary>Puts files that somebody sent among those of a course. Two who send at once come one after the other.</summary>
public static class CourseUploads
{
    /// <summary>Adds a file under a name of its own; one that the course has already, to the last byte, is given as it is.</summary>
    /// <returns>The file; null when there is no such course.</returns>
    /// <exception cref="RefusedFileException">It is not taken, and nothing has changed.</exception>
    public static async Task<CourseFile?> AddAsync(PortalDbContext db, int courseId, Upload upload, CancellationToken cancellationToken)
    {
        CourseFile? file = null;
        await ChangeAsync(db, courseId, async course =>
        {
            var present = await db.CourseFiles.Where(f => f.CourseId == courseId).Select(f => new { f.Id, f.Name, f.Hash, f.MediaType, f.Content.Length }).ToListAsync(cancellationToken);
            var hash = CourseFile.HashOf(upload.Content);
            if (present.Find(f => f.Hash == hash && f.MediaType == upload.MediaType) is { } same)
            {
                file = await db.CourseFiles.SingleAsync(f => f.Id == same.Id, cancellationToken);
            }
            else
            {
                CheckRoom(present.Sum(f => (long)f.Length) + upload.Content.Length);
                file = course.Attach(upload.NameBeside(present.Select(f => f.Name).ToHashSet()), upload.MediaType, upload.Content);
            }

        }, cancellationToken);
        return file;
    }

    /// <summary>Puts another content behind a name, which all that shows it goes on using.</summary>
    /// <returns>Whether there is such a file.</returns>
    /// <exception cref="RefusedFileException">It is not taken, and nothing has changed.</exception>
    public static async Task<bool> ReplaceAsync(PortalDbContext db, int courseId, string name, Upload upload, CancellationToken cancellationToken)
    {
        var found = false;
        await ChangeAsync(db, courseId, async course =>
        {
            if (await db.CourseFiles.SingleOrDefaultAsync(f => f.CourseId == courseId && f.Name == name, cancellationToken) is not { } file) return;
            if (file.MediaType != upload.MediaType)
                throw new RefusedFileException("OtherType", name);
            CheckRoom(await db.CourseFiles.Where(f => f.CourseId == courseId && f.Name != name).SumAsync(f => (long)f.Content.Length, cancellationToken) + upload.Content.Length);
            course.Attach(name, upload.MediaType, upload.Content);
            found = true;
        }, cancellationToken);
        return found;
    }

    /// <summary>Whether a course may have so many bytes of files.</summary>
    public static bool HasRoom(long bytes) => bytes <= Upload.MaximumCourseBytes;

    static void CheckRoom(long bytes)
    {
        if (!HasRoom(bytes)) throw new RefusedFileException("CourseFull", Upload.MaximumCourseBytes / 1024 / 1024) { TooLarge = true };
    }

    static Task ChangeAsync(PortalDbContext db, int courseId, Func<Course, Task> change, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        var courses = db.Courses.Where(c => c.Id == courseId);
        if (await courses.LockAsync(cancellationToken) == 0) return;
        await change(await courses.SingleAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }, cancellationToken);
}
