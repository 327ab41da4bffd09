using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Exchange;

namespace NsiPortal.Commands.Seeding;

/// <summary>The courses that travel with the program, loaded into an empty database only: it never overwrites.</summary>
sealed class DemoContent(CourseImporter importer, ILogger<DemoContent> log)
{
    static string Folder => Path.Combine(AppContext.BaseDirectory, "Content");

    /// <summary>Loads the demo courses when there is none, all or none. Broken chapters are left out and told.</summary>
    /// <returns>How many courses were loaded, and what was left out.</returns>
    public async Task<(int Courses, IReadOnlyList<Problem> Problems)> LoadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (await db.Courses.AnyAsync(cancellationToken)) return (0, []);
        var (courses, problems) = (0, new List<Problem>());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var folder in Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal))
        {
            var reading = await CourseFolder.ReadAsync(folder, cancellationToken);
            foreach (var problem in reading.Problems) log.LogWarning("Demo content left out: {Folder}/{Problem}", Path.GetFileName(folder), problem);
            problems.AddRange(reading.Problems);
            if (reading.Course is null) continue;
            await importer.ImportAsync(db, reading, prune: false, rename: false, cancellationToken);
            courses++;
        }

        await transaction.CommitAsync(CancellationToken.None);
        return (courses, problems);
    }
}
