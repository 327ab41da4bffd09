using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Exchange;
using NsiPortal.Exchange.Csv;
using NsiPortal.Exchange.Studies;

namespace NsiPortal.Commands.Seeding;

/// <summary>The courses and the catalogue of studies that travel with the program, loaded into an empty database only: it never overwrites.</summary>
sealed class DemoContent(CourseImporter importer, TimeProvider time, ILogger<DemoContent> log)
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

        await LoadStudiesAsync(db, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return (courses, problems);
    }

    /// <summary>Where the demo courses lead to; after them, whose addresses it names.</summary>
    async Task LoadStudiesAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (await db.Universities.AnyAsync(cancellationToken)) return;
        db.ChangeTracker.Clear();
        var import = await StudiesImport.MakeAsync(db, CsvText.Read(await File.ReadAllBytesAsync(Path.Combine(Folder, "etudes.csv"), cancellationToken)), null, time.GetUtcNow(), cancellationToken);
        foreach (var wrong in import.Wrong) log.LogWarning("Demo study left out: {Line}", wrong);
        await db.SaveChangesAsync(cancellationToken);
    }
}
