using Microsoft.EntityFrameworkCore;
using NsiPortal.Data;
using NsiPortal.Domain.Studies;

namespace NsiPortal.Features.Admin.Studies;

/// <summary>
/// Loads an item with its whole university: what it is below, beside and above. Whoever changes it works on one moment of it; the database refuses what
/// would harm what was hung on it meanwhile.
/// </summary>
static class StudyTree
{
    public static async Task<StudyItem?> LoadAsync(PortalDbContext db, StudyKind kind, int id, CancellationToken cancellationToken)
    {
        var universityId = await (kind switch
        {
            StudyKind.University => db.Universities.Where(u => u.Id == id).Select(u => u.Id),
            StudyKind.Faculty => db.Faculties.Where(f => f.Id == id).Select(f => f.UniversityId),
            StudyKind.Programme => db.StudyProgrammes.Where(p => p.Id == id).Select(p => p.UniversityId),
            StudyKind.Subject => db.Subjects.Where(s => s.Id == id).Select(s => s.Programme.UniversityId),
        }).SingleOrDefaultAsync(cancellationToken);
        if (universityId == 0) return null;

        var university = await db.Universities.Where(u => u.Id == universityId)
            .Include(u => u.Faculties).ThenInclude(f => f.Programmes).ThenInclude(p => p.Subjects).ThenInclude(s => s.Courses).ThenInclude(l => l.Course)
            .AsSplitQuery().SingleOrDefaultAsync(cancellationToken);
        return university is null ? null : Below(university).Prepend(university).FirstOrDefault(item => StudyKinds.Of(item) == kind && item.Id == id);
    }

    public static IEnumerable<StudyItem> Children(StudyItem item) => item switch
    {
        University university => university.Faculties,
        Faculty faculty => faculty.Programmes,
        StudyProgramme programme => programme.Subjects,
        _ => [],
    };

    public static IEnumerable<StudyItem> Below(StudyItem item) => Children(item).SelectMany(child => Below(child).Prepend(child));

    public static StudyItem? Parent(StudyItem item) => item switch
    {
        Faculty faculty => faculty.University,
        StudyProgramme programme => programme.Faculty,
        Subject subject => subject.Programme,
        _ => null,
    };

    /// <summary>From the university down to the item itself.</summary>
    public static IEnumerable<StudyItem> Line(StudyItem item) => Parent(item) is { } parent ? Line(parent).Append(item) : [item];

    public static string Address(StudyItem item) => $"/admin/etudes/{StudyKinds.Of(item).Slug()}/{item.Id}";

    /// <summary>Where everybody sees it; a faculty stands on the page of its university, a subject on that of its programme.</summary>
    public static string PublicAddress(StudyItem item) => item switch
    {
        University university => $"/etudes/{university.Slug}",
        Faculty faculty => $"/etudes/{faculty.University.Slug}#u-{faculty.Id}",
        StudyProgramme programme => $"/etudes/{programme.University.Slug}/{programme.Slug}",
        Subject subject => $"/etudes/{subject.Programme.University.Slug}/{subject.Programme.Slug}#s-{subject.Id}",
        _ => "/etudes",
    };

    /// <summary>As the audit log names it.</summary>
    public static string Title(StudyItem item) => string.Join(" / ", Line(item).Select(i => i.Code)) + $" ({item.Name})";
}
