using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NsiPortal.Data;
using NsiPortal.Domain.Courses;
using NsiPortal.Domain.Studies;
using NsiPortal.Exchange.Csv;

namespace NsiPortal.Exchange.Studies;

/// <summary>
/// What a file of studies does to the catalogue. The changes are made in the context and saved by whoever wants them: one that only shows them is a
/// preview. Nothing is ever deleted. A line is taken whole or, where anything in it is wrong, not at all; the others are taken all the same.
/// </summary>
public sealed class StudiesImport
{
    /// <summary>Longer files are not read.</summary>
    public const int MaximumLines = 20_000;

    readonly PortalDbContext db;
    readonly Dictionary<string, Course> courses;
    readonly Dictionary<string, University> universities;
    readonly HashSet<string> slugs;
    readonly Dictionary<StudyItem, (StudyFacts Facts, int Line)> told = [];
    readonly OrderedDictionary<StudyItem, bool> seen = [];
    readonly HashSet<Subject> linked = [];
    readonly List<WrongLine> wrong = [];

    StudiesImport(PortalDbContext db, IEnumerable<University> universities, IEnumerable<string> formerSlugs, IEnumerable<Course> courses)
    {
        this.db = db;
        this.universities = universities.ToDictionary(u => u.Code);
        this.courses = courses.ToDictionary(c => c.Slug);
        slugs = [.. this.universities.Values.Select(u => u.Slug), .. formerSlugs];
    }

    /// <summary>Why nothing of the file was read: it has no line, no column of the codes of universities, or too many lines.</summary>
    public FileFault? Fault { get; private set; }

    /// <summary>What is new, what changes and what stays, in the order of the file.</summary>
    public IReadOnlyList<ImportedStudy> Items { get; private set; } = [];

    public IReadOnlyList<WrongLine> Wrong => wrong;

    /// <summary>Columns that have no meaning here.</summary>
    public IReadOnlyList<string> UnknownColumns { get; private set; } = [];

    public bool Changes => Items.Any(item => item.Outcome != ImportOutcome.Unchanged);

    /// <summary>Of what it does: an import that is confirmed does what was shown, or asks again.</summary>
    public string Fingerprint => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        [.. Items.Select(i => $"{i.Kind} {i.Outcome} {i.Path} {string.Join(' ', i.Fields.Select(f => $"{f.Name}:{f.Before}:{f.After}"))}"), .. wrong.Select(w => $"{w}")]))));

    /// <param name="db">A context that tracks nothing yet; afterwards it holds the changes, unsaved.</param>
    /// <param name="file">The file.</param>
    /// <param name="userId">Who imports.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<StudiesImport> MakeAsync(PortalDbContext db, CsvText file, int? userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await db.Universities.Include(u => u.Faculties).ThenInclude(f => f.Programmes).ThenInclude(p => p.Subjects).ThenInclude(s => s.Courses)
            .AsSplitQuery().ToListAsync(cancellationToken);
        var former = await db.FormerAddresses.Where(a => a.University != null).Select(a => a.Path).ToListAsync(cancellationToken);
        var import = new StudiesImport(db, known, former, await db.Courses.ToListAsync(cancellationToken));
        import.Read(file);
        import.Conclude(userId, now);
        return import;
    }

    void Read(CsvText file)
    {
        var names = file.Records is [{ Fault: null } header, ..] ? header.Fields.Select(name => name.Trim().ToLowerInvariant()).ToList() : [];
        var columns = names.Index().DistinctBy(name => name.Item).ToDictionary(name => name.Item, name => name.Index);
        Fault = file.Records.Count < 2 ? FileFault.Empty : file.Records.Count > MaximumLines ? FileFault.Long : columns.ContainsKey(StudiesColumns.UniversityCode) ? null : FileFault.NoCode;
        if (Fault is not null) return;
        UnknownColumns = [.. names.Where(name => name.Length > 0 && !StudiesColumns.All.Contains(name))];
        foreach (var record in file.Records.Skip(1))
        {
            if (record.Fault is { } fault) wrong.Add(new WrongLine(record.Line, "", fault == CsvFault.OpenQuote ? LineFault.OpenQuote : LineFault.TextAfterQuote));
            else if (Take(new StudiesLine(record, columns)) is { } reason) wrong.Add(reason);
        }
    }

    /// <returns>Why the line is not taken.</returns>
    WrongLine? Take(StudiesLine line)
    {
        var (university, faculty, programme, subject) = ((University?)null, (Faculty?)null, (StudyProgramme?)null, (Subject?)null);
        var codes = new[] { StudiesColumns.UniversityCode, StudiesColumns.FacultyCode, StudiesColumns.ProgrammeCode, StudiesColumns.SubjectCode };
        var depth = Array.FindLastIndex(codes, code => line[code].Length > 0);
        if (depth < 0) return new WrongLine(line.Number, codes[0], LineFault.NoCode);
        for (var i = 0; i < depth; i++)
            if (line[codes[i]].Length == 0) return new WrongLine(line.Number, codes[i], LineFault.NoCode);

        string Code(int level) => StudyFacts.CodeOf(line[codes[level]]);
        university = universities.GetValueOrDefault(Code(0));
        faculty = depth < 1 ? null : university?.Faculties.FirstOrDefault(f => f.Code == Code(1));
        programme = depth < 2 ? null : faculty?.Programmes.FirstOrDefault(p => p.Code == Code(2));
        subject = depth < 3 ? null : programme?.Subjects.FirstOrDefault(s => s.Code == Code(3));

        // A name that is left out is that of what is known already: the line is about what is below it.
        var told0 = university is null || line[StudiesColumns.University].Length > 0
            ? new UniversityFacts(Code(0), line[StudiesColumns.University], line.Or(StudiesColumns.Town, university?.Town), line.Or(StudiesColumns.UniversitySite, university?.Site)) : null;
        var told1 = depth >= 1 && (faculty is null || line[StudiesColumns.Faculty].Length > 0) ? new FacultyFacts(Code(1), line[StudiesColumns.Faculty]) : null;
        var flag = line.Has(StudiesColumns.Illustrative) ? StudiesColumns.Flag(line[StudiesColumns.Illustrative]) : programme?.Illustrative ?? false;
        var told2 = depth >= 2 && (programme is null || line[StudiesColumns.Programme].Length > 0)
            ? new ProgrammeFacts(Code(2), line[StudiesColumns.Programme], line.Has(StudiesColumns.Level) ? StudyLevels.FromWord(line[StudiesColumns.Level]) : programme?.Level,
                line.Or(StudiesColumns.ProgrammeSummary, programme?.Summary), line.Or(StudiesColumns.ProgrammeSite, programme?.Site), flag ?? false) : null;
        if (told2 is not null && flag is null) return new WrongLine(line.Number, StudiesColumns.Illustrative, LineFault.Flag);
        var told3 = depth >= 3 && (subject is null || line[StudiesColumns.Subject].Length > 0)
            ? new SubjectFacts(Code(3), line[StudiesColumns.Subject], line.Has(StudiesColumns.Semester) ? StudiesColumns.Whole(line[StudiesColumns.Semester]) : subject?.Semester,
                line.Has(StudiesColumns.Ects) ? StudiesColumns.Number(line[StudiesColumns.Ects]) : subject?.Ects, line.Or(StudiesColumns.SubjectSummary, subject?.Summary)) : null;

        foreach (var (item, facts) in new (StudyItem?, StudyFacts?)[] { (university, told0), (faculty, told1), (programme, told2), (subject, told3) })
        {
            if (facts?.Faults().FirstOrDefault() is { } fault) return new WrongLine(line.Number, ColumnOf(facts, fault.Field), LineFault.Fact, "", fault.Kind);
            if (item is not null && facts is not null && told.TryGetValue(item, out var before) && before.Facts != facts)
                return new WrongLine(line.Number, ColumnOf(facts, nameof(StudyFacts.Name)), LineFault.Conflict, before.Line.ToString(CultureInfo.InvariantCulture));
        }

        string[] leading = depth < 3 ? [] : line[StudiesColumns.Courses].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (leading.FirstOrDefault(slug => !courses.ContainsKey(slug)) is { } unknown) return new WrongLine(line.Number, StudiesColumns.Courses, LineFault.UnknownCourse, unknown);

        if (university is null)
        {
            university = new University(told0!, Slugs.Free(told0!.Name, slugs));
            slugs.Add(university.Slug);
            universities.Add(university.Code, university);
            db.Universities.Add(university);
        }
        else if (told0 is not null)
        {
            university.Describe(told0);
        }

        Tell(university, told0);
        if (depth < 1) return null;
        if (faculty is null) faculty = university.Add(told1!);
        else if (told1 is not null) faculty.Describe(told1);
        Tell(faculty, told1);
        if (depth < 2) return null;
        if (programme is null) programme = faculty.Add(told2!);
        else if (told2 is not null) programme.Describe(told2);
        Tell(programme, told2);
        if (depth < 3) return null;
        if (subject is null) subject = programme.Add(told3!);
        else if (told3 is not null) subject.Describe(told3);
        if (line.Has(StudiesColumns.Courses) && subject.LeadFrom([.. leading.Distinct(StringComparer.Ordinal).Select(slug => courses[slug])])) linked.Add(subject);
        Tell(subject, told3);
        return null;

        void Tell(StudyItem item, StudyFacts? facts)
        {
            if (facts is not null) told.TryAdd(item, (facts, line.Number));
            if (facts is not null || (item is Subject && linked.Contains(item))) seen.TryAdd(item, true);
        }
    }

    void Conclude(int? userId, DateTimeOffset now)
    {
        db.ChangeTracker.DetectChanges();
        var items = new List<ImportedStudy>();
        foreach (var item in seen.Keys)
        {
            var entry = db.Entry<StudyItem>(item);
            var fields = entry.State == EntityState.Modified ? entry.Properties.Where(IsToldOf).Select(p => new ChangedField(p.Metadata.Name, Text(p.OriginalValue), Text(p.CurrentValue))).ToList() : [];
            if (entry.State != EntityState.Added && item is Subject subject && linked.Contains(subject)) fields.Add(new ChangedField(nameof(Subject.Courses), "", string.Join(", ", subject.Courses.Select(l => l.Course.Title))));
            var outcome = entry.State == EntityState.Added ? ImportOutcome.Created : fields.Count > 0 ? ImportOutcome.Changed : ImportOutcome.Unchanged;
            if (outcome == ImportOutcome.Changed) item.Sign(userId, now);
            items.Add(new ImportedStudy(StudyKinds.Of(item), outcome, PathOf(item), item.Name, fields));
        }

        Items = items;

        static bool IsToldOf(PropertyEntry property) => property.IsModified && property.Metadata.Name is not (nameof(StudyItem.Search) or nameof(StudyItem.Version));

        static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
    }

    static string PathOf(StudyItem item) => item switch
    {
        Faculty faculty => $"{PathOf(faculty.University)} / {faculty.Code}",
        StudyProgramme programme => $"{PathOf(programme.Faculty)} / {programme.Code}",
        Subject subject => $"{PathOf(subject.Programme)} / {subject.Code}",
        _ => item.Code,
    };

    /// <summary>The column that a field of the facts comes from.</summary>
    static string ColumnOf(StudyFacts facts, string field) => (facts, field) switch
    {
        (UniversityFacts, nameof(StudyFacts.Code)) => StudiesColumns.UniversityCode,
        (UniversityFacts, nameof(StudyFacts.Name)) => StudiesColumns.University,
        (UniversityFacts, nameof(UniversityFacts.Site)) => StudiesColumns.UniversitySite,
        (FacultyFacts, nameof(StudyFacts.Code)) => StudiesColumns.FacultyCode,
        (FacultyFacts, _) => StudiesColumns.Faculty,
        (ProgrammeFacts, nameof(StudyFacts.Code)) => StudiesColumns.ProgrammeCode,
        (ProgrammeFacts, nameof(StudyFacts.Name)) => StudiesColumns.Programme,
        (ProgrammeFacts, nameof(ProgrammeFacts.Site)) => StudiesColumns.ProgrammeSite,
        (ProgrammeFacts, nameof(ProgrammeFacts.Summary)) => StudiesColumns.ProgrammeSummary,
        (SubjectFacts, nameof(StudyFacts.Code)) => StudiesColumns.SubjectCode,
        (SubjectFacts, nameof(StudyFacts.Name)) => StudiesColumns.Subject,
        (SubjectFacts, nameof(SubjectFacts.Summary)) => StudiesColumns.SubjectSummary,
        _ => field.ToLowerInvariant(),
    };
}

/// <param name="Path">Its code and those above it.</param>
/// <param name="Fields">What changes; nothing for what is new.</param>
public sealed record ImportedStudy(StudyKind Kind, ImportOutcome Outcome, string Path, string Name, IReadOnlyList<ChangedField> Fields);

/// <param name="Name">Of a property of the item.</param>
public sealed record ChangedField(string Name, string Before, string After);

/// <param name="Line">Where it begins in the file, from 1.</param>
/// <param name="Column">The column at fault; empty for the whole line.</param>
/// <param name="Detail">What the fault is about.</param>
/// <param name="Fact">What is wrong with a field that says something of an item.</param>
public sealed record WrongLine(int Line, string Column, LineFault Fault, string Detail = "", StudyFaultKind? Fact = null);

public enum LineFault
{
    OpenQuote,
    TextAfterQuote,

    /// <summary>The code of what the line is about, or of what is above it, is missing.</summary>
    NoCode,

    /// <summary>An earlier line says something else of the same item.</summary>
    Conflict,
    UnknownCourse,
    Flag,
    Fact,
}

public enum FileFault
{
    Empty,
    Long,
    NoCode,
}
