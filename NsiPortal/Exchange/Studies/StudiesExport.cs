using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Studies;
using NsiPortal.Exchange.Csv;

namespace NsiPortal.Exchange.Studies;

/// <summary>The whole catalogue as one flat file, which <see cref="StudiesImport"/> reads back.</summary>
public static class StudiesExport
{
    /// <summary>Their names, in the order in which they are written.</summary>
    public static IReadOnlyList<string> Columns => StudiesColumns.All;

    public static async Task<byte[]> WriteAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var universities = await db.Universities.AsNoTracking().Include(u => u.Faculties).ThenInclude(f => f.Programmes).ThenInclude(p => p.Subjects).ThenInclude(s => s.Courses).ThenInclude(l => l.Course)
            .AsSplitQuery().ToListAsync(cancellationToken);
        return CsvWriter.Write(Lines(universities).Prepend(Columns));
    }

    static IEnumerable<IReadOnlyList<string>> Lines(IEnumerable<University> universities)
    {
        foreach (var university in Sorted(universities))
        {
            string[] first = [university.Code, university.Name, university.Town, university.Site];
            if (university.Faculties.Count == 0) yield return Line(first, [], [], []);
            foreach (var faculty in Sorted(university.Faculties))
            {
                string[] second = [faculty.Code, faculty.Name];
                if (faculty.Programmes.Count == 0) yield return Line(first, second, [], []);
                foreach (var programme in Sorted(faculty.Programmes))
                {
                    string[] third = [programme.Code, programme.Name, programme.Level.Slug(), programme.Site, StudiesColumns.Text(programme.Illustrative), programme.Summary];
                    if (programme.Subjects.Count == 0) yield return Line(first, second, third, []);
                    foreach (var subject in Sorted(programme.Subjects))
                    {
                        yield return Line(first, second, third,
                        [
                            subject.Code, subject.Name, $"{subject.Semester}", StudiesColumns.Text(subject.Ects), subject.Summary,
                            string.Join('|', subject.Courses.Select(link => link.Course.Slug).Order(StringComparer.Ordinal)),
                        ]);
                    }
                }
            }
        }
    }

    static string[] Line(string[] university, string[] faculty, string[] programme, string[] subject) =>
        [.. Padded(university, 4), .. Padded(faculty, 2), .. Padded(programme, 6), .. Padded(subject, 6)];

    static IEnumerable<string> Padded(string[] fields, int count) => fields.Length > 0 ? fields : Enumerable.Repeat("", count);

    static IEnumerable<T> Sorted<T>(IEnumerable<T> items) where T : StudyItem => items.OrderBy(item => item.Code, StringComparer.Ordinal);
}
